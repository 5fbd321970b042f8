import { Rule } from './rule';
import { schemaRule } from './schemaRule';

export const fieldType: Rule = schemaRule({
  id: 'field-type',
  description: 'A field holds another type than its kind requires.',
  type: 'type',
});
