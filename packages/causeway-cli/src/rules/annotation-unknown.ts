import { isMapping } from '../document/CatalogDocument';
import { knownNamespaces } from '../model/knownAnnotations';
import { likelySpelling } from '../model/spelling';
import { Rule } from './rule';

export const annotationUnknown: Rule = {
  id: 'annotation-unknown',
  category: 'annotations',
  description:
    'An annotation of a well-known domain is not one that is known there.',
  severity: 'note',
  checkDocument({ entity, annotations }, report) {
    const own = isMapping(entity.metadata)
      ? entity.metadata.annotations
      : undefined;
    if (!isMapping(own)) {
      return;
    }
    for (const key of Object.keys(own)) {
      const domain = key.slice(0, Math.max(0, key.indexOf('/')));
      if (annotations.has(key) || !knownNamespaces.includes(domain)) {
        continue;
      }
      const likely = likelySpelling(
        key,
        [...annotations.keys()].filter(one => !(one in own)),
      );
      report({
        message: `No annotation ${key} is known${
          likely ? `; "${likely}" is meant, perhaps` : ''
        }`,
        help: likely
          ? undefined
          : 'If a plugin of yours reads it, name it under catalog.validate.annotations in causeway.yaml.',
        at: { path: ['metadata', 'annotations', key], part: 'key' },
        fix: likely ? { replaceWith: likely } : undefined,
      });
    }
  },
};
