import type { PolicyProblem } from '@causeway/backstage-plugin-causeway-common/policy';
import { version } from '../cli/version';
import { paint } from '../output/paint';
import { plainText } from '../output/plainText';

/** Formats of `causeway policy check`. */
export const policyFormats = ['text', 'json', 'github'] as const;

/** One of {@link policyFormats}. */
export type PolicyFormat = (typeof policyFormats)[number];

/** What is wrong with a policy, for people or programs. */
export function formatProblems(
  problems: readonly PolicyProblem[],
  options: {
    format: PolicyFormat;
    files: number;
    color: boolean;
    quiet: boolean;
  },
): string {
  const formats: Record<PolicyFormat, () => string> = {
    text: () => formatText(problems, options),
    json: () => formatJson(problems, options.files),
    github: () => problems.map(formatAnnotation).join(''),
  };
  return formats[options.format]();
}

function countOf(
  problems: readonly PolicyProblem[],
  severity: PolicyProblem['severity'],
): number {
  return problems.filter(problem => problem.severity === severity).length;
}

function formatJson(problems: readonly PolicyProblem[], files: number): string {
  const errors = countOf(problems, 'error');
  return `${JSON.stringify(
    {
      version: 1,
      tool: { name: 'causeway', version },
      failed: errors > 0,
      summary: { errors, warnings: problems.length - errors, files },
      problems,
    },
    undefined,
    2,
  )}\n`;
}

function formatText(
  problems: readonly PolicyProblem[],
  options: { files: number; color: boolean; quiet: boolean },
): string {
  const { files, color, quiet } = options;
  const lines = problems
    .filter(({ severity }) => !quiet || severity === 'error')
    .flatMap(({ severity, file, line, column, message, hint }) => {
      const word = color
        ? paint(['bold', severity === 'error' ? 'red' : 'yellow'], severity)
        : severity;
      return [
        `${plainText(file)}:${line}:${column}  ${word}  ${plainText(message)}`,
        `    ${plainText(hint)}`,
      ];
    });
  if (!quiet) {
    const errors = countOf(problems, 'error');
    const verdict = `${errors ? '✗' : '✓'} ${count(errors, 'error')}, ${count(
      problems.length - errors,
      'warning',
    )} in ${count(files, 'file')}`;
    lines.push(
      color ? paint(['bold', errors ? 'red' : 'green'], verdict) : verdict,
    );
  }
  return lines.length ? `${lines.join('\n')}\n` : '';
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function formatAnnotation(problem: PolicyProblem): string {
  const { severity, file, line, column, message, hint } = problem;
  return `::${severity} file=${escapeProperty(file)},line=${line},col=${column}::${escapeData(`${message}. ${hint}`)}\n`;
}

function escapeData(text: string): string {
  return plainText(text).replace(/%/g, '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
