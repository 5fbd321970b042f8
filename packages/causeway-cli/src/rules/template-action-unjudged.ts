import { likelySpelling } from '../model/spelling';
import { hasExpression } from '../templates/expressions';
import { Rule } from './rule';

export const templateActionUnjudged: Rule = {
  id: 'template-action-unjudged',
  category: 'templates',
  description:
    "A step uses an action that Backstage does not ship, and no list of the portal's actions was given.",
  severity: 'off',
  strict: 'note',
  neverFails: true,
  checkDocument(context, report) {
    const { actions } = context;
    if (actions.complete) {
      return;
    }
    for (const { action, path } of context.template()?.steps ?? []) {
      if (
        action &&
        !hasExpression(action) &&
        !actions.get(action) &&
        !likelySpelling(action, actions.ids())
      ) {
        report({
          message: `Backstage ships no action "${action}"`,
          help: "Give a snapshot of the catalog, which holds the portal's actions, or name it under catalog.validate.templates.actions in causeway.yaml.",
          at: { path: [...path, 'action'], part: 'value' },
        });
      }
    }
  },
};
