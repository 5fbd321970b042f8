import { parserRule } from './rule';

export const fileEncoding = parserRule({
  id: 'file-encoding',
  description: 'A file is not UTF-8 text.',
  severity: 'error',
});
