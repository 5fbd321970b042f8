import { isMapping } from '../document/CatalogDocument';
import { isQualifiedKey } from '../model/formats';
import { Rule } from './rule';

export const annotationFormat: Rule = {
  id: 'annotation-format',
  category: 'structure',
  description: 'An annotation has a key that the catalog refuses.',
  severity: 'error',
  checkDocument({ entity }, report) {
    const annotations = isMapping(entity.metadata)
      ? entity.metadata.annotations
      : undefined;
    if (!isMapping(annotations)) {
      return;
    }
    for (const key of Object.keys(annotations)) {
      if (!isQualifiedKey(key)) {
        report({
          message: `The catalog refuses the annotation key ${JSON.stringify(key)}`,
          help: 'A key is a name, or a domain, "/" and a name.',
          at: { path: ['metadata', 'annotations', key], part: 'key' },
        });
      }
    }
  },
};
