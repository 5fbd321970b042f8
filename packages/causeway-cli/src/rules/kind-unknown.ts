import { likelySpelling } from '../model/spelling';
import { Rule } from './rule';

export const kindUnknown: Rule = {
  id: 'kind-unknown',
  category: 'structure',
  description: 'The kind is not one that the catalog knows.',
  severity: 'error',
  checkDocument({ entity, kind, kinds }, report) {
    if (
      kind.missing !== 'kind' ||
      typeof entity.kind !== 'string' ||
      entity.kind === ''
    ) {
      return;
    }
    const likely = likelySpelling(entity.kind, kinds.names());
    report({
      message: `The catalog knows no kind "${entity.kind}"${
        likely ? `; "${likely}" is meant, perhaps` : ''
      }`,
      help: likely
        ? undefined
        : `Known kinds: ${kinds.names().sort().join(', ')}. Name the schema of a kind of your own under catalog.validate.kinds in causeway.yaml.`,
      at: { path: ['kind'], part: 'value' },
      fix: likely ? { replaceWith: likely } : undefined,
    });
  },
};
