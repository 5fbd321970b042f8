import { styleText } from 'node:util';
import { SourceFile } from '../document/SourceFile';
import { countBySeverity, isFailed, ValidationResult } from '../engine/Result';
import { Finding, isAtLeast, Severity } from '../findings/finding';
import { excerpt } from './excerpt';
import { FormatOptions } from './format';
import { plainText } from './plainText';

/** Rules whose notes are summed up unless they are asked for. */
const summedUp: Record<string, (count: number) => string> = {
  'reference-unjudged': count =>
    `${count} ${count === 1 ? 'reference leads' : 'references lead'} out of these files and could not be judged: give --snapshot, or --complete if this is the whole catalog (--verbose lists them)`,
};

type Style = Parameters<typeof styleText>[0];

const colors: Record<Severity, Style> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
};

/** For people: each finding with its place in the source, then a summary. */
export function formatText(
  result: ValidationResult,
  options: FormatOptions,
): string {
  const paint = (style: Style, text: string) =>
    options.color ? styleText(style, text) : text;
  const files = new Map(result.files.map(file => [file.path, file] as const));
  const lines: string[] = [];
  let current: string | undefined;
  for (const finding of result.findings) {
    if (!isShown(finding, result, options)) {
      continue;
    }
    if (finding.file !== current) {
      current = finding.file;
      lines.push(paint(['bold', 'underline'], plainText(finding.file)));
    }
    lines.push(...findingLines(finding, files.get(finding.file), paint), '');
  }
  if (!options.quiet) {
    lines.push(...summaryLines(result, options, paint));
  }
  return lines.length ? `${lines.join('\n')}\n` : '';
}

function isShown(
  finding: Finding,
  result: ValidationResult,
  { quiet, verbose }: FormatOptions,
): boolean {
  if (quiet) {
    return isAtLeast(finding.severity, result.failOn);
  }
  return verbose || !(finding.rule in summedUp && finding.severity === 'note');
}

function findingLines(
  finding: Finding,
  file: SourceFile | undefined,
  paint: (style: Style, text: string) => string,
): string[] {
  const { place, severity } = finding;
  const head = `  ${place.line}:${place.column}  ${paint(
    ['bold', colors[severity]] as Style,
    severity,
  )}  ${plainText(finding.message)}  ${paint('gray', finding.rule)}`;
  const shown = file ? excerpt(file, place) : [];
  const width = String(place.line).length;
  const source = shown.flatMap(({ number, text, marks }) => [
    `    ${paint('gray', `${String(number).padStart(width)} |`)} ${text}`,
    ...(marks
      ? [
          `    ${paint('gray', `${' '.repeat(width)} |`)} ${' '.repeat(marks.column)}${paint(colors[severity], '^'.repeat(marks.length))}`,
        ]
      : []),
  ]);
  const related = (finding.related ?? []).map(
    other =>
      `    ${plainText(other.message)}: ${plainText(other.file)}:${other.place.line}:${other.place.column}`,
  );
  const help = finding.help ? [`    ${plainText(finding.help)}`] : [];
  return [head, ...source, ...help, ...related];
}

function summaryLines(
  result: ValidationResult,
  options: FormatOptions,
  paint: (style: Style, text: string) => string,
): string[] {
  const counts = countBySeverity(result);
  const lines: string[] = [];
  for (const [rule, sentence] of Object.entries(summedUp)) {
    const count = result.findings.filter(
      one => one.rule === rule && one.severity === 'note',
    ).length;
    if (count > 0 && !options.verbose) {
      lines.push(sentence(count));
    }
  }
  const aside = [
    result.suppressed > 0 && `${result.suppressed} suppressed by comments`,
    result.tolerated > 0 && `${result.tolerated} tolerated by the baseline`,
    result.stale > 0 &&
      `${result.stale} in the baseline no longer found (--update-baseline forgets them)`,
    result.skeletons > 0 &&
      `${result.skeletons} skeleton ${plural(result.skeletons, 'file')} of templates left out`,
  ].filter(Boolean);
  if (aside.length > 0) {
    lines.push(`${aside.join(', ')}`);
  }
  const dropped = Object.values(result.dropped).reduce((a, b) => a + b, 0);
  if (dropped > 0) {
    lines.push(`${dropped} further findings are not listed`);
  }
  const fixable = result.findings.filter(({ fix }) => fix).length;
  if (fixable > 0) {
    lines.push(`${fixable} can be fixed by --fix`);
  }
  const verdict = `${counts.error} ${plural(counts.error, 'error')}, ${counts.warning} ${plural(counts.warning, 'warning')} in ${result.entities} ${result.entities === 1 ? 'entity' : 'entities'} of ${result.files.length} ${plural(result.files.length, 'file')} (${(options.duration / 1000).toFixed(1)} s)`;
  const failed = isFailed(result);
  lines.push(
    paint(
      ['bold', failed ? 'red' : 'green'],
      `${failed ? '✗' : '✓'} ${verdict}`,
    ),
  );
  return lines;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
