import { isMapping } from '../document/CatalogDocument';
import {
  isLabelValue,
  isQualifiedKey,
  nameExpectation,
} from '../model/formats';
import { Rule } from './rule';

export const labelFormat: Rule = {
  id: 'label-format',
  category: 'structure',
  description: 'A label has a key or a value that the catalog refuses.',
  severity: 'error',
  checkDocument({ entity }, report) {
    const labels = isMapping(entity.metadata)
      ? entity.metadata.labels
      : undefined;
    if (!isMapping(labels)) {
      return;
    }
    for (const [key, value] of Object.entries(labels)) {
      const path = ['metadata', 'labels', key];
      if (!isQualifiedKey(key)) {
        report({
          message: `The catalog refuses the label key ${JSON.stringify(key)}`,
          help: 'A key is a name, or a domain, "/" and a name.',
          at: { path, part: 'key' },
        });
      }
      // The schema reports what is no text.
      if (typeof value === 'string' && !isLabelValue(value)) {
        report({
          message: `The catalog refuses the label value ${JSON.stringify(value)}`,
          help: `A value is empty or ${nameExpectation}. Free text goes into an annotation.`,
          at: { path, part: 'value' },
        });
      }
    }
  },
};
