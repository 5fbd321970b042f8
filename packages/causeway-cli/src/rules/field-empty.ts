import { Rule } from './rule';
import { schemaRule } from './schemaRule';

export const fieldEmpty: Rule = schemaRule({
  id: 'field-empty',
  description: 'A field is there without a value.',
  type: 'empty',
});
