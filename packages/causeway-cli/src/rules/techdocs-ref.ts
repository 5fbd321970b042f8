import { isMapping } from '../document/CatalogDocument';
import { Rule } from './rule';

const annotation = 'backstage.io/techdocs-ref';

export const techdocsRef: Rule = {
  id: 'techdocs-ref',
  category: 'annotations',
  description:
    'backstage.io/techdocs-ref points to a folder that is not there or has no mkdocs.yml.',
  severity: 'error',
  checkDocument({ document, entity, probe }, report) {
    const own = isMapping(entity.metadata)
      ? entity.metadata.annotations
      : undefined;
    const value = isMapping(own) ? own[annotation] : undefined;
    if (
      typeof value !== 'string' ||
      !value.startsWith('dir:') ||
      document.file.remote
    ) {
      return;
    }
    const folder = value.slice('dir:'.length).trim();
    const at = {
      path: ['metadata', 'annotations', annotation],
      part: 'value' as const,
    };
    const kind = folder && probe.kindOf(document.file, folder);
    if (kind === 'outside') {
      report({
        message: `The folder lies outside of the working directory: ${folder}`,
        help: 'TechDocs reads only below the repository of the catalog file.',
        at,
      });
    } else if (kind !== 'folder') {
      report({
        message: `The folder ${folder || '""'} is not there`,
        help: 'The path is relative to the file that it stands in.',
        at,
      });
    } else if (
      !['mkdocs.yml', 'mkdocs.yaml'].some(
        name => probe.kindOf(document.file, `${folder}/${name}`) === 'file',
      )
    ) {
      report({
        message: `There is no mkdocs.yml in ${folder}`,
        help: 'Add one with site_name, nav and the plugin techdocs-core.',
        at,
      });
    }
  },
};
