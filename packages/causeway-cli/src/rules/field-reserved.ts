import { isMapping } from '../document/CatalogDocument';
import { Rule } from './rule';

const fields: Record<string, string> = {
  uid: 'the catalog gives every entity its own',
  etag: 'the catalog computes it',
  generation: 'the catalog counts it',
};

const annotations: Record<string, string> = {
  'backstage.io/managed-by-location':
    'the catalog notes where it read the entity',
  'backstage.io/managed-by-origin-location':
    'the catalog notes where it read the entity',
  'backstage.io/orphan': 'the catalog marks orphans itself',
};

export const fieldReserved: Rule = {
  id: 'field-reserved',
  category: 'structure',
  description: 'A file sets what only the catalog sets.',
  severity: 'warning',
  checkDocument({ entity }, report) {
    if (!isMapping(entity.metadata)) {
      return;
    }
    for (const [field, reason] of Object.entries(fields)) {
      if (field in entity.metadata) {
        report({
          message: `metadata.${field} does not belong in a file: ${reason}`,
          help: 'Remove it.',
          at: { path: ['metadata', field], part: 'key' },
        });
      }
    }
    const own = entity.metadata.annotations;
    for (const [key, reason] of Object.entries(annotations)) {
      if (isMapping(own) && key in own) {
        report({
          message: `The annotation ${key} does not belong in a file: ${reason}`,
          help: 'Remove it.',
          at: { path: ['metadata', 'annotations', key], part: 'key' },
        });
      }
    }
  },
};
