import type { ObservedRepository } from '../../../observations/model';

/** Most rules that are kept. */
const maxRules = 200;

/**
 * Rules of a CODEOWNERS file, in order. A `\#` and `\ ` in a pattern are text;
 * a rule without owners is kept: it takes ownership away.
 */
export function parseCodeowners(
  file: string,
): NonNullable<ObservedRepository['codeowners']> {
  const rules = [];
  for (const line of file.split(/\r?\n/)) {
    const parts = line
      .replace(/(^|\s)#.*$/, '$1')
      .trim()
      .match(/(?:\\.|\S)+/g);
    if (parts) {
      rules.push({
        pattern: parts[0].slice(0, 256),
        owners: parts
          .slice(1, 17)
          // Mail addresses of people are no owners that the estate knows.
          .filter(owner => /^@[\w./-]{1,200}$/.test(owner)),
      });
    }
    if (rules.length === maxRules) {
      break;
    }
  }
  return rules;
}
