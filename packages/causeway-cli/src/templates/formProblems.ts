import { isMapping } from '../document/CatalogDocument';

/** Something in a form's schema that is well-formed and cannot work. */
export interface FormProblem {
  path: (string | number)[];
  part: 'key' | 'value';
  message: string;
}

/** Keywords whose values are data, not schemas. */
const data = new Set(['default', 'enum', 'const', 'examples']);

const deepest = 64;

/** Patterns that are no regular expressions, and references that lead nowhere within the form. */
export function formProblems(form: Record<string, unknown>): FormProblem[] {
  const found: FormProblem[] = [];
  const references: { path: (string | number)[]; target: string }[] = [];
  let isWhole = true;
  const visit = (value: unknown, path: (string | number)[]) => {
    if (path.length > deepest) {
      return;
    }
    if (Array.isArray(value)) {
      value.forEach((item, at) => visit(item, [...path, at]));
      return;
    }
    if (!isMapping(value)) {
      return;
    }
    const keys = Object.keys(value);
    if (
      /^\$(?!ref$|defs$|id$|schema$)/.test(keys[0] ?? '') &&
      keys.length === 1
    ) {
      // A placeholder: the catalog puts something here that is not known.
      isWhole = false;
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      if (key === 'pattern' && typeof item === 'string') {
        notePattern(item, [...path, key], 'value', found);
      } else if (key === '$ref' && typeof item === 'string') {
        references.push({ path: [...path, key], target: item });
      } else if (key === 'patternProperties' && isMapping(item)) {
        Object.keys(item).forEach(name =>
          notePattern(name, [...path, key, name], 'key', found),
        );
      }
      if (!data.has(key) && !key.startsWith('ui:')) {
        visit(item, [...path, key]);
      }
    }
  };
  visit(form, []);
  for (const { path, target } of isWhole ? references : []) {
    if (leadsNowhere(form, target)) {
      found.push({
        path,
        part: 'value',
        message: `The reference ${target} leads nowhere in this form; each page is a schema of its own`,
      });
    }
  }
  return found;
}

function notePattern(
  pattern: string,
  path: (string | number)[],
  part: FormProblem['part'],
  found: FormProblem[],
): void {
  try {
    // Without the flag that forms compile it with, which refuses more: only what is certain.
    // eslint-disable-next-line no-new -- whether it can be compiled is the question
    new RegExp(pattern);
  } catch (error) {
    const reason = (error as Error).message.split(': ').pop();
    found.push({
      path,
      part,
      message: `The pattern ${pattern.slice(0, 100)} is not a regular expression: ${reason}`,
    });
  }
}

function leadsNowhere(form: unknown, target: string): boolean {
  if (!target.startsWith('#/')) {
    return false;
  }
  let current = form;
  for (const step of target.slice(2).split('/')) {
    let name = step;
    try {
      name = decodeURIComponent(step);
    } catch {
      // Taken as it is written.
    }
    name = name.replace(/~1/g, '/').replace(/~0/g, '~');
    if (
      typeof current !== 'object' ||
      current === null ||
      !Object.prototype.hasOwnProperty.call(current, name)
    ) {
      return true;
    }
    current = (current as Record<string, unknown>)[name];
  }
  return false;
}
