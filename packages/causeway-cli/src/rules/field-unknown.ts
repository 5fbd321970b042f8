import { Rule } from './rule';
import { unknownFields } from './unknownFields';

export const fieldUnknown: Rule = {
  id: 'field-unknown',
  category: 'structure',
  description:
    'A field is not one that the kind declares. The catalog keeps such fields, so this is for those who want none.',
  severity: 'off',
  strict: 'warning',
  checkDocument(context, report) {
    for (const { path, likely } of unknownFields(context)) {
      if (!likely) {
        report({
          message: `${context.kind.found?.kind} declares no field "${path.join('.')}"`,
          help: 'Remove it, or declare it in a schema of your own.',
          at: { path, part: 'key' },
        });
      }
    }
  },
};
