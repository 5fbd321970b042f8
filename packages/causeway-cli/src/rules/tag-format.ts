import { isMapping } from '../document/CatalogDocument';
import { isTag } from '../model/formats';
import { Rule } from './rule';

export const tagFormat: Rule = {
  id: 'tag-format',
  category: 'structure',
  description: 'A tag is not one that the catalog accepts.',
  severity: 'error',
  checkDocument({ entity }, report) {
    const tags = isMapping(entity.metadata) ? entity.metadata.tags : undefined;
    if (!Array.isArray(tags)) {
      return;
    }
    tags.forEach((tag, at) => {
      if (typeof tag !== 'string' || tag === '' || isTag(tag)) {
        return;
      }
      const lower = tag
        .toLowerCase()
        .trim()
        .replace(/[\s_./]+/g, '-');
      report({
        message: `The catalog refuses the tag ${JSON.stringify(tag)}`,
        help: `A tag is lower-case letters, digits, ":", "+" and "#", in groups separated by single "-", at most 63.${
          isTag(lower) ? ` Write ${lower}.` : ''
        }`,
        at: { path: ['metadata', 'tags', at], part: 'value' },
        fix: isTag(lower) ? { replaceWith: lower } : undefined,
      });
    });
  },
};
