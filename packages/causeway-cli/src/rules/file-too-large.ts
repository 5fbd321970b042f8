import { parserRule } from './rule';

export const fileTooLarge = parserRule({
  id: 'file-too-large',
  description: 'A file is larger than what is read.',
  severity: 'error',
});
