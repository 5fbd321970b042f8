import { Rule } from './rule';
import { schemaRule } from './schemaRule';

export const fieldValue: Rule = schemaRule({
  id: 'field-value',
  description: 'A field holds a value that its kind does not allow.',
  type: 'value',
});
