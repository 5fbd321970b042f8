import { parserRule } from './rule';

export const yamlLimits = parserRule({
  id: 'yaml-limits',
  description: 'A document is nested too deeply or expands beyond bounds.',
  severity: 'error',
  isBound: true,
});
