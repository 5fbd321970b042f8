import { Rule } from './rule';

export const templateStepId: Rule = {
  id: 'template-step-id',
  category: 'templates',
  description: 'Two steps of a template have the same id.',
  severity: 'error',
  checkDocument(context, report) {
    const seen = new Set<string>();
    for (const { id, path } of context.template()?.steps ?? []) {
      if (id === undefined) {
        continue;
      }
      if (seen.has(id)) {
        report({
          message: `The step id "${id}" is taken by an earlier step`,
          help: 'The second one would overwrite the outputs of the first: rename it.',
          at: { path: [...path, 'id'], part: 'value' },
        });
      }
      seen.add(id);
    }
  },
};
