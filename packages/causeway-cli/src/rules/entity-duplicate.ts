import { displayRef } from '../references/entityRef';
import { Rule } from './rule';

export const entityDuplicate: Rule = {
  id: 'entity-duplicate',
  category: 'references',
  description:
    'Two documents have the same kind, namespace and name, letter case aside.',
  severity: 'error',
  checkSet({ set }, report) {
    for (const [first, ...others] of set.duplicates()) {
      for (const other of others) {
        const same =
          first.ref.name === other.ref.name &&
          first.ref.namespace === other.ref.namespace;
        report({
          document: other.document,
          message: `${displayRef(other.ref)} is there already${
            same
              ? ''
              : `, as ${displayRef(first.ref)}: letter case does not count`
          }`,
          help: 'The catalog takes one of them and drops the other. Rename or remove one.',
          at: { path: ['metadata', 'name'], part: 'value' },
          related: [
            {
              message: 'The first one',
              document: first.document,
              at: { path: ['metadata', 'name'], part: 'value' },
            },
          ],
        });
      }
    }
  },
};
