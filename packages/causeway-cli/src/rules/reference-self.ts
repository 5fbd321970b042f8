import { refKey } from '../references/entityRef';
import { Rule } from './rule';

export const referenceSelf: Rule = {
  id: 'reference-self',
  category: 'references',
  description: 'An entity refers to itself.',
  severity: 'error',
  checkDocument({ ref, references }, report) {
    if (!ref) {
      return;
    }
    const own = refKey(ref);
    for (const { parsed, path, text, field } of references) {
      if (parsed.ref && refKey(parsed.ref) === own) {
        report({
          message: `"${text}" in ${field.path} is the entity itself`,
          help: 'Remove the reference, or name the entity that is meant.',
          at: { path, part: 'value' },
        });
      }
    }
  },
};
