import { TemplateAction } from './ActionCatalog';
import actions from './builtin-actions.json';

/** Actions whose modules publish no schema that we hold. */
const withoutSchema = [
  'confluence:transform:markdown',
  'fetch:rails',
  'publish:bitbucket',
  'run:yeoman',
];

/**
 * Actions of Backstage's scaffolder and its own modules, with the schemas that
 * a backend with all of them reports.
 */
export function builtinActions(): readonly TemplateAction[] {
  return [
    ...(actions as TemplateAction[]),
    ...withoutSchema.map(id => ({ id })),
  ];
}
