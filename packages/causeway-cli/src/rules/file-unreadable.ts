import { parserRule } from './rule';

export const fileUnreadable = parserRule({
  id: 'file-unreadable',
  description: 'A file cannot be read.',
  severity: 'error',
});
