import type {
  AnchorFinding,
  AnchorReport,
} from '@causeway/backstage-plugin-causeway-common';
import type {
  ChainBreak,
  ExportVerification,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { auditLibrary } from './auditLibrary';

/** What was found out, of an export or a database. */
export type Verdict = Omit<ExportVerification, 'textsMissing' | 'broken'> & {
  broken?: ChainBreak & { line?: number };
  textsMissing?: number;
  anchors?: AnchorReport;
};

/** A verdict for people. */
export function describeVerdict(verdict: Verdict): string {
  const lines = [...describeTrail(verdict), ...describeAnchors(verdict)];
  return `${lines.join('\n')}\n`;
}

function describeTrail(verdict: Verdict): string[] {
  const { broken, entries, filtered, head, anchors } = verdict;
  const count = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  if (broken) {
    return [
      `✗ Broken at entry ${broken.seq}${broken.line ? ` (line ${broken.line})` : ''}: ${broken.why}`,
      `  ${count} before it ${entries === 1 ? 'fits' : 'fit'}`,
    ];
  }
  const missing =
    verdict.textsMissing &&
    `  ${verdict.textsMissing} texts beside them are not in the export: they were erased`;
  if (filtered) {
    return [
      `✓ ${count}, each as it was written`,
      `  This is a part of the trail (${describeFilter(verdict)}): nothing says that no other entry is missing`,
      ...(missing ? [missing] : []),
    ];
  }
  return [
    `✓ ${anchors && !verdict.whole ? 'The chain by itself is whole' : 'Whole'}: ${count}`,
    ...(head && head.seq > 0
      ? [`  It ends with ${head.seq}:${head.hash}`]
      : []),
    ...(verdict.unanchoredSince !== undefined
      ? [
          `  Nothing outside vouches for it since ${new Date(verdict.unanchoredSince).toISOString()}${anchors ? '' : ': keep that line elsewhere, for --anchor'}`,
        ]
      : []),
    ...(missing ? [missing] : []),
  ];
}

function describeAnchors({ anchors, broken }: Verdict): string[] {
  if (!anchors) {
    return [];
  }
  const { checkpoints, last, findings, more } = anchors;
  const count = `${checkpoints} signed ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}`;
  const upTo =
    last &&
    `the last one, ${last.number}, covers up to entry ${last.seq} and was signed at ${auditLibrary().timeOf(last.at)} with key ${last.key}`;
  if (findings.length === 0) {
    return [`${broken ? ' ' : '✓'} ${count}: ${upTo}`];
  }
  return [
    ...findings.flatMap(describeFinding),
    ...(more ? ['  … and more of the kind'] : []),
    upTo ? `  ${count}; ${upTo}` : '  No checkpoint counts',
  ];
}

function describeFinding(finding: AnchorFinding): string[] {
  const { kind, line, checkpoint, seq, at, why, advice } = finding;
  const places = [
    line !== undefined && `line ${line}`,
    checkpoint !== undefined && `checkpoint ${checkpoint}`,
    seq !== undefined && `entry ${seq}`,
    at !== undefined && auditLibrary().timeOf(at),
  ].filter(Boolean);
  return [
    `✗ Anchors, ${kind}${places.length > 0 ? ` (${places.join(', ')})` : ''}: ${why}`,
    `  ${advice}`,
  ];
}

function describeFilter({ filter }: Verdict): string {
  return Object.entries(filter ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
