import { likelySpelling } from '../model/spelling';
import { Rule } from './rule';

export const apiVersionUnknown: Rule = {
  id: 'api-version-unknown',
  category: 'structure',
  description: 'The kind exists, but not in this apiVersion.',
  severity: 'error',
  checkDocument({ entity, kind, kinds }, report) {
    if (
      kind.missing !== 'apiVersion' ||
      typeof entity.apiVersion !== 'string' ||
      entity.apiVersion === ''
    ) {
      return;
    }
    const versions = kinds.versionsOf(String(entity.kind));
    const likely = likelySpelling(entity.apiVersion, versions);
    report({
      message: `${entity.kind} has no apiVersion "${entity.apiVersion}"${
        likely ? `; "${likely}" is meant, perhaps` : ''
      }`,
      help: `Use ${versions.join(' or ')}.`,
      at: { path: ['apiVersion'], part: 'value' },
      fix: likely ? { replaceWith: likely } : undefined,
    });
  },
};
