import { Rule } from './rule';
import { schemaRule } from './schemaRule';

export const fieldMissing: Rule = schemaRule({
  id: 'field-missing',
  description: 'A field that the kind requires is missing.',
  type: 'missing',
});
