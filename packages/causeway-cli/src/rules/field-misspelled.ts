import { Rule } from './rule';
import { unknownFields } from './unknownFields';

export const fieldMisspelled: Rule = {
  id: 'field-misspelled',
  category: 'structure',
  description:
    'A field resembles one that the kind has and that is not there: a spelling mistake.',
  severity: 'error',
  checkDocument(context, report) {
    for (const { path, field, likely } of unknownFields(context)) {
      if (likely) {
        report({
          message: `${context.kind.found?.kind} has no field "${path.join('.')}"; "${likely}" is meant, perhaps`,
          help: `Rename ${field} to ${likely}.`,
          at: { path, part: 'key' },
          fix: { replaceWith: likely },
        });
      }
    }
  },
};
