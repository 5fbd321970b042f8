import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { parse } from 'yaml';
import { type JsonRecord, record } from '../../../estate/sources/read';

/** What a workflow is dispatched with. */
export type WorkflowInputs = Record<string, string>;

const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null || typeof value === 'object'
    ? undefined
    : String(value);

/**
 * Holds inputs against what a workflow file declares, and fills its defaults
 * in, so that the approver sees all that the run gets.
 *
 * @throws OperationRefusal
 */
export function checkWorkflowInputs(
  path: string,
  text: string,
  given: WorkflowInputs,
): WorkflowInputs {
  const declared = declaredInputs(path, text);
  const names = Object.keys(declared);
  const unknown = Object.keys(given).find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw refusal(
      `${path} declares no input '${unknown}'`,
      names.length > 0 ? `It takes ${names.join(', ')}` : 'It takes none',
    );
  }
  return Object.fromEntries(
    names.flatMap(name => {
      const { required, default: fallback, ...type } = declared[name];
      const value = Object.hasOwn(given, name) ? given[name] : textOf(fallback);
      if (value === undefined) {
        if (required === true) {
          throw refusal(`${path} needs input '${name}'`, 'Give it');
        }
        return [];
      }
      requireType(name, type, value);
      return [[name, value]];
    }),
  );
}

function declaredInputs(
  path: string,
  text: string,
): Record<string, JsonRecord> {
  let on: unknown;
  try {
    on = record(parse(text, { maxAliasCount: 100 }))?.on;
  } catch {
    on = undefined;
  }
  const triggers = Array.isArray(on) ? on : [on];
  const events = record(on);
  if (
    !triggers.includes('workflow_dispatch') &&
    !(events && Object.hasOwn(events, 'workflow_dispatch'))
  ) {
    throw new OperationRefusal({
      code: 'not-dispatchable',
      reason: `${path} does not declare on.workflow_dispatch`,
      hint: 'Name a workflow that is meant to be started by hand',
    });
  }
  const inputs = record(record(events?.workflow_dispatch)?.inputs) ?? {};
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, record(input) ?? {}]),
  );
}

function requireType(
  name: string,
  { type, options }: JsonRecord,
  value: string,
): void {
  const choices = Array.isArray(options) ? options.map(String) : [];
  if (type === 'choice' && !choices.includes(value)) {
    throw refusal(
      `Input '${name}' cannot be '${value}'`,
      `Give one of ${choices.join(', ')}`,
    );
  }
  if (type === 'boolean' && value !== 'true' && value !== 'false') {
    throw refusal(`Input '${name}' cannot be '${value}'`, 'Give true or false');
  }
  if (type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) {
    throw refusal(`Input '${name}' cannot be '${value}'`, 'Give a number');
  }
}

function refusal(reason: string, hint: string): OperationRefusal {
  return new OperationRefusal({ code: 'wrong-inputs', reason, hint });
}
