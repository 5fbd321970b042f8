import { parserRule } from './rule';

export const yamlDuplicateKey = parserRule({
  id: 'yaml-duplicate-key',
  description: 'A mapping holds the same key twice.',
  severity: 'error',
});
