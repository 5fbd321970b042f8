import { isMapping, valueAt } from '../document/CatalogDocument';
import { SchemaProblem } from '../model/SchemaValidator';
import { likelySpelling } from '../model/spelling';
import { hasExpression } from '../templates/expressions';
import { TemplateStep } from '../templates/TemplateModel';
import { knownFields } from './schemaRule';
import { Report, Rule } from './rule';

export const templateActionInput: Rule = {
  id: 'template-action-input',
  category: 'templates',
  description: 'The input of a step does not fit its action.',
  severity: 'error',
  checkDocument(context, report) {
    for (const step of context.template()?.steps ?? []) {
      const schema = step.action && context.actions.get(step.action)?.input;
      // An input that is one expression is known only when it runs.
      if (!schema || hasExpression(step.input)) {
        continue;
      }
      const input = step.input ?? {};
      let problems: SchemaProblem[];
      try {
        problems = context.validator.checkSchema(schema, input);
      } catch {
        // A portal's action may declare a schema that is none; that is not the template's fault.
        continue;
      }
      for (const problem of problems) {
        const found = isOpen(input, problem)
          ? undefined
          : toReport(step, problem, schema);
        // Another version of the action may take what this one does not know.
        const certain =
          context.actions.complete || problem.type !== 'unknown' || found?.fix;
        if (found && certain) {
          report(found);
        }
      }
    }
  },
};

/** Whether an expression could make the value fit when it is rendered. */
function isOpen(input: unknown, problem: SchemaProblem): boolean {
  if (problem.type === 'unknown' || problem.type === 'missing') {
    return false;
  }
  const value = valueAt(input, problem.path);
  return (
    hasExpression(value) ||
    // Alternatives fail as a whole when one of their values is an expression.
    (typeof value === 'object' &&
      value !== null &&
      JSON.stringify(value).includes('${{')) ||
    problem.path.some((_, at) =>
      hasExpression(valueAt(input, problem.path.slice(0, at))),
    )
  );
}

function toReport(
  { path, action, input }: TemplateStep,
  problem: SchemaProblem,
  schema: Record<string, unknown>,
): Report {
  const inside = ['input', ...problem.path];
  const at = {
    path: [...path, ...(input === undefined ? ['action'] : inside)],
    part: problem.type === 'unknown' ? ('key' as const) : ('value' as const),
  };
  if (problem.type === 'unknown') {
    const parent = valueAt(input, problem.path.slice(0, -1));
    const known = knownFields(schema, problem.path.slice(0, -1)) ?? [];
    const likely = likelySpelling(
      problem.field!,
      known.filter(one => !(isMapping(parent) && one in parent)),
    );
    return {
      message: `${action} takes no "${inside.slice(1).join('.')}"${
        likely ? `; "${likely}" is meant, perhaps` : ''
      }`,
      help: `It takes ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}.`,
      at,
      fix: likely ? { replaceWith: likely } : undefined,
    };
  }
  return { message: `${action}: input ${problem.message}`, at };
}
