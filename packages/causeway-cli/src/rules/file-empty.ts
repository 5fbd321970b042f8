import { parserRule } from './rule';

export const fileEmpty = parserRule({
  id: 'file-empty',
  description: 'A file holds no document.',
  severity: 'warning',
});
