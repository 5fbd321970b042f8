import { SourceFile } from '../document/SourceFile';
import { countBySeverity, isFailed, ValidationResult } from '../engine/Result';
import { Finding, isAtLeast, Severity } from '../findings/finding';
import { excerpt } from './excerpt';
import { FormatOptions } from './format';
import { paint, Style } from './paint';
import { plainText } from './plainText';

/** Rules whose notes are summed up unless they are asked for. */
const summedUp: Record<string, (count: number) => string> = {
  'reference-unjudged': count =>
    `${count} ${count === 1 ? 'reference leads' : 'references lead'} out of these files and could not be judged: give --snapshot, or --complete if this is the whole catalog (--verbose lists them)`,
};

const colors: Record<Severity, Style> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
};

type Painter = (styles: readonly Style[], text: string) => string;

/** For people: each finding with its place in the source, then a summary. */
export function formatText(
  result: ValidationResult,
  options: FormatOptions,
): string {
  const painted: Painter = (styles, text) =>
    options.color ? paint(styles, text) : text;
  const files = new Map(result.files.map(file => [file.path, file] as const));
  const lines: string[] = [];
  let current: string | undefined;
  for (const finding of result.findings) {
    if (!isShown(finding, result, options)) {
      continue;
    }
    if (finding.file !== current) {
      current = finding.file;
      lines.push(painted(['bold', 'underline'], plainText(finding.file)));
    }
    lines.push(...findingLines(finding, files.get(finding.file), painted), '');
  }
  if (!options.quiet) {
    lines.push(...summaryLines(result, options, painted));
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
  painted: Painter,
): string[] {
  const { place, severity } = finding;
  const head = `  ${place.line}:${place.column}  ${painted(
    ['bold', colors[severity]],
    severity,
  )}  ${plainText(finding.message)}  ${painted(['gray'], finding.rule)}`;
  const shown = file ? excerpt(file, place) : [];
  const width = String(place.line).length;
  const source = shown.flatMap(({ number, text, marks }) => [
    `    ${painted(['gray'], `${String(number).padStart(width)} |`)} ${text}`,
    ...(marks
      ? [
          `    ${painted(['gray'], `${' '.repeat(width)} |`)} ${' '.repeat(marks.column)}${painted([colors[severity]], '^'.repeat(marks.length))}`,
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
  painted: Painter,
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
    painted(
      ['bold', failed ? 'red' : 'green'],
      `${failed ? '✗' : '✓'} ${verdict}`,
    ),
  );
  return lines;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
