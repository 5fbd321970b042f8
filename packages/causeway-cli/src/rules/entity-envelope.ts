import { isMapping } from '../document/CatalogDocument';
import { Rule } from './rule';

/** Fields at the root of an entity file that the catalog accepts. */
export const rootFields = ['apiVersion', 'kind', 'metadata', 'spec'] as const;

export const entityEnvelope: Rule = {
  id: 'entity-envelope',
  category: 'structure',
  description:
    'A document lacks apiVersion, kind, metadata or a name, so it is no entity.',
  severity: 'error',
  checkDocument({ entity }, report) {
    for (const field of ['apiVersion', 'kind'] as const) {
      const value = entity[field];
      if (typeof value !== 'string' || value === '') {
        report({
          message:
            value === undefined
              ? `"${field}" is missing`
              : `"${field}" must be text that is not empty`,
          help:
            field === 'kind'
              ? 'Write, for example, kind: Component.'
              : 'Write, for example, apiVersion: backstage.io/v1alpha1.',
          at: { path: [field], part: 'value' },
        });
      }
    }
    if (!isMapping(entity.metadata)) {
      report({
        message:
          entity.metadata === undefined
            ? '"metadata" is missing'
            : '"metadata" must be a mapping',
        help: 'Write metadata with at least a name.',
        at: { path: ['metadata'], part: 'value' },
      });
    } else if (
      entity.metadata.name === undefined ||
      entity.metadata.name === null ||
      entity.metadata.name === ''
    ) {
      report({
        message: '"metadata.name" is missing',
        help: 'Give the entity a name, unique among its kind and namespace.',
        at: { path: ['metadata', 'name'] },
      });
    }
  },
};
