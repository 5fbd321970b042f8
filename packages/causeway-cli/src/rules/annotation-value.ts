import { isMapping } from '../document/CatalogDocument';
import { Rule } from './rule';

export const annotationValue: Rule = {
  id: 'annotation-value',
  category: 'annotations',
  description: 'A known annotation has a value that its reader cannot use.',
  severity: 'error',
  checkDocument({ entity, annotations }, report) {
    const own = isMapping(entity.metadata)
      ? entity.metadata.annotations
      : undefined;
    if (!isMapping(own)) {
      return;
    }
    for (const [key, value] of Object.entries(own)) {
      const format = annotations.get(key);
      if (typeof value !== 'string' || !format?.pattern) {
        continue;
      }
      // A value that is longer than any real one is not worth a regular expression.
      if (value.length > 2000 || !format.pattern.test(value)) {
        report({
          message: `${key} cannot be ${JSON.stringify(value.slice(0, 200))}`,
          help: `Write ${format.expected ?? 'a value of the form that the configuration asks for'}.`,
          at: { path: ['metadata', 'annotations', key], part: 'value' },
        });
      }
    }
  },
};
