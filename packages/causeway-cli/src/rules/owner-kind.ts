import { Rule } from './rule';
import { wrongKind } from './wrongKind';

export const ownerKind: Rule = {
  id: 'owner-kind',
  category: 'references',
  description: 'An owner is neither a group nor a user.',
  severity: 'error',
  checkDocument({ references, kinds }, report) {
    for (const reference of references) {
      const wrong = wrongKind(reference, kinds);
      if (wrong && reference.field.relation === 'ownedBy') {
        report({
          message: wrong.message,
          help: 'Owners are groups and users: group:<name> or user:<name>.',
          at: { path: reference.path, part: 'value' },
        });
      }
    }
  },
};
