import { formProblems } from '../templates/formProblems';
import { Rule } from './rule';

export const templateParameters: Rule = {
  id: 'template-parameters',
  category: 'templates',
  description: 'The parameters of a template are not a valid JSON schema.',
  severity: 'error',
  checkDocument(context, report) {
    for (const { path, schema } of context.template()?.forms ?? []) {
      const { validator } = context;
      for (const problem of validator.checkMetaSchema(schema)) {
        report({
          message: `${['parameters', ...path.slice(2), ...problem.path].join('.')} is not valid JSON schema: ${problem.reason}`,
          help: 'A form is a JSON schema of type object with properties.',
          at: { path: [...path, ...problem.path], part: 'value' },
        });
      }
      for (const problem of formProblems(schema)) {
        report({
          message: problem.message,
          at: { path: [...path, ...problem.path], part: problem.part },
        });
      }
      const required = Array.isArray(schema.required) ? schema.required : [];
      const properties = schema.properties;
      if (typeof properties !== 'object' || properties === null) {
        continue;
      }
      const names = context.template()!.parameters;
      required.forEach((name, at) => {
        if (typeof name === 'string' && names && !names.has(name)) {
          report({
            message: `"${name}" is required, and no such parameter is declared`,
            help: 'Declare it under properties, or take it from required: the form could never be sent.',
            at: { path: [...path, 'required', at], part: 'value' },
          });
        }
      });
    }
  },
};
