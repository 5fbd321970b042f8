import { parserRule } from './rule';

export const yamlSyntax = parserRule({
  id: 'yaml-syntax',
  description: 'The file is not valid YAML or JSON.',
  severity: 'error',
});
