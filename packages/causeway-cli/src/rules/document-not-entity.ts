import { parserRule } from './rule';

export const documentNotEntity = parserRule({
  id: 'document-not-entity',
  description: 'A document is not an entity.',
  severity: 'error',
});
