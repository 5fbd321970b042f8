import { SourceFile } from '../document/SourceFile';
import { Findings } from '../engine/Findings';
import { Finding } from '../findings/finding';
import { likelySpelling } from '../model/spelling';
import { getRule, rules } from '../rules';
import { suppressionInvalid } from '../rules/suppression-invalid';
import { suppressionUnused } from '../rules/suppression-unused';
import { readSuppressions, Suppression } from './readSuppressions';

/**
 * Takes out the findings that comments in the files suppress, and reports the
 * comments that give no reason, name no rule, or suppress nothing. A comment
 * that is wrong suppresses nothing.
 */
export function applySuppressions(
  files: readonly SourceFile[],
  findings: Findings,
): { kept: Finding[]; suppressed: number } {
  const placed = byPlace(findings.list);
  const out = new Set<Finding>();
  for (const file of files) {
    for (const suppression of readSuppressions(file)) {
      const problem = problemOf(suppression);
      if (problem) {
        findings.add(
          suppressionInvalid,
          { ...problem, span: suppression },
          { file },
        );
        continue;
      }
      const hit = (
        placed.get(placeKey(file.path, suppression.line)) ?? []
      ).filter(({ rule }) => suppression.rules.includes(rule));
      hit.forEach(finding => out.add(finding));
      if (hit.length === 0) {
        findings.add(
          suppressionUnused,
          {
            message: `Nothing is wrong here by ${suppression.rules.join(', ')}`,
            help: 'Remove the comment.',
            span: suppression,
          },
          { file },
        );
      }
    }
  }
  return {
    kept: findings.list.filter(finding => !out.has(finding)),
    suppressed: out.size,
  };
}

/** Findings by file, and by file and line: a file may hold very many of them, and of comments. */
function byPlace(findings: readonly Finding[]): Map<string, Finding[]> {
  const placed = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const line of [undefined, finding.place.line]) {
      const key = placeKey(finding.file, line);
      const list = placed.get(key);
      if (list) {
        list.push(finding);
      } else {
        placed.set(key, [finding]);
      }
    }
  }
  return placed;
}

function placeKey(file: string, line: number | undefined): string {
  return `${line ?? ''} ${file}`;
}

function problemOf(
  suppression: Suppression,
): { message: string; help: string } | undefined {
  if (suppression.rules.length === 0) {
    return {
      message: 'The comment names no rule',
      help: 'Write # causeway-disable-next-line <rule> -- <reason>.',
    };
  }
  const unknown = suppression.rules.find(id => !getRule(id));
  if (unknown) {
    const likely = likelySpelling(
      unknown,
      rules.map(({ id }) => id),
    );
    return {
      message: `There is no rule "${unknown}"${
        likely ? `; "${likely}" is meant, perhaps` : ''
      }`,
      help: '"causeway catalog rules" lists them.',
    };
  }
  return suppression.reason
    ? undefined
    : {
        message: 'The comment gives no reason',
        help: `Write # causeway-disable-next-line ${suppression.rules.join(', ')} -- <reason>.`,
      };
}
