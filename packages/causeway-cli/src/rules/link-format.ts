import { isMapping } from '../document/CatalogDocument';
import { isUrl } from '../model/formats';
import { Rule } from './rule';

export const linkFormat: Rule = {
  id: 'link-format',
  category: 'structure',
  description: 'A link has no valid URL, or a title or icon of blanks.',
  severity: 'error',
  checkDocument({ entity }, report) {
    const links = isMapping(entity.metadata)
      ? entity.metadata.links
      : undefined;
    if (!Array.isArray(links)) {
      return;
    }
    links.forEach((link, at) => {
      if (!isMapping(link)) {
        return;
      }
      const path = ['metadata', 'links', at];
      if (typeof link.url === 'string' && link.url !== '' && !isUrl(link.url)) {
        report({
          message: `${JSON.stringify(link.url)} is not a URL`,
          help: 'Write an absolute URL with its scheme, such as https://example.com/.',
          at: { path: [...path, 'url'], part: 'value' },
        });
      }
      for (const field of ['title', 'icon']) {
        const value = link[field];
        if (typeof value === 'string' && value !== '' && value.trim() === '') {
          report({
            message: `The ${field} of the link is blank`,
            help: `Remove it or write a ${field}.`,
            at: { path: [...path, field], part: 'value' },
          });
        }
      }
    });
  },
};
