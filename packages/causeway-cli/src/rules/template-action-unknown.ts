import { likelySpelling } from '../model/spelling';
import { hasExpression } from '../templates/expressions';
import { Rule } from './rule';

export const templateActionUnknown: Rule = {
  id: 'template-action-unknown',
  category: 'templates',
  description: 'A step uses an action that is not there.',
  severity: 'error',
  checkDocument(context, report) {
    const { actions } = context;
    for (const { action, path } of context.template()?.steps ?? []) {
      if (!action || hasExpression(action) || actions.get(action)) {
        continue;
      }
      const likely = likelySpelling(action, actions.ids());
      // Portals have actions of their own. Without the portal's list, only an
      // action that resembles a known one is certainly a slip.
      if (!likely && !actions.complete) {
        continue;
      }
      report({
        message: `The scaffolder has no action "${action}"${
          likely ? `; "${likely}" is meant, perhaps` : ''
        }`,
        help: likely
          ? undefined
          : 'Install its module, take a new snapshot, or name it under catalog.validate.templates.actions in causeway.yaml.',
        at: { path: [...path, 'action'], part: 'value' },
        fix: likely ? { replaceWith: likely } : undefined,
      });
    }
  },
};
