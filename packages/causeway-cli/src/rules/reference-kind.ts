import { wrongKind } from './wrongKind';
import { Rule } from './rule';

export const referenceKind: Rule = {
  id: 'reference-kind',
  category: 'references',
  description: 'A reference leads to a kind that the field does not take.',
  severity: 'error',
  checkDocument({ references, kinds }, report) {
    for (const reference of references) {
      const wrong = wrongKind(reference, kinds);
      if (wrong && reference.field.relation !== 'ownedBy') {
        report({
          message: wrong.message,
          help: wrong.help,
          at: { path: reference.path, part: 'value' },
        });
      }
    }
  },
};
