import { isMapping } from '../document/CatalogDocument';
import { isNamespace, namespaceExpectation } from '../model/formats';
import { Rule } from './rule';

export const namespaceFormat: Rule = {
  id: 'namespace-format',
  category: 'structure',
  description: 'A namespace is not one that the catalog accepts.',
  severity: 'error',
  checkDocument({ entity }, report) {
    const namespace = isMapping(entity.metadata)
      ? entity.metadata.namespace
      : undefined;
    if (
      typeof namespace !== 'string' ||
      namespace === '' ||
      isNamespace(namespace)
    ) {
      return;
    }
    report({
      message: `The catalog refuses the namespace ${JSON.stringify(namespace)}`,
      help: `A namespace is ${namespaceExpectation}.`,
      at: { path: ['metadata', 'namespace'], part: 'value' },
    });
  },
};
