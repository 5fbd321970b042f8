import { parserRule } from './rule';

export const yamlMergeKey = parserRule({
  id: 'yaml-merge-key',
  description: 'A YAML merge key is used, which the catalog does not apply.',
  severity: 'error',
});
