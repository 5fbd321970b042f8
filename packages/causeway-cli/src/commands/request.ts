import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  AssessmentPreview,
  Recommendation,
  RequestReceipt,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import { randomUUID } from 'node:crypto';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { Io } from '../cli/Io';
import { Arguments, helpText, parseArguments } from '../cli/parseArguments';
import { describeRequest, toTold } from '../gate/describeRequest';
import { askGate, GateConnection, GateRefused } from '../gate/GateConnection';
import { gateOptions, resolveGate } from '../gate/gateOptions';
import { exitCodeOf } from '../gate/exitCodeOf';
import { isOver, waitForOutcome, waitOf } from '../gate/waitForOutcome';
import { readText } from '../gate/readText';
import { toJson } from '../gate/toJson';

const options: OptionTable = {
  reason: {
    option: { type: 'string', short: 'r' },
    value: 'text',
    help: 'why, for those who decide',
  },
  set: {
    option: { type: 'string', short: 's', multiple: true },
    value: 'name=value',
    help: 'a value of the input; numbers, true, false and JSON are taken as such',
  },
  input: {
    option: { type: 'string' },
    value: 'json',
    help: 'the whole input as JSON; "@file" reads it, "@-" from standard input',
  },
  recommendation: {
    option: { type: 'string' },
    value: 'json',
    help: "an agent's decision record as JSON, or @file",
  },
  key: {
    option: { type: 'string' },
    value: 'text',
    help: 'the same key with the same content gives the same request',
  },
  'dry-run': {
    option: { type: 'boolean' },
    help: 'say what would become of it, and ask for nothing',
  },
  wait: {
    option: { type: 'string' },
    value: 'minutes',
    help: 'wait for the outcome',
  },
  ...gateOptions,
};

/** `causeway request`. */
export const request: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '<operation> <target>',
        description:
          'Asks the gate for an operation on a target, such as scale-workload on resource:default/production-eu.payments.deployment.payment-api. Policy decides whether it runs, waits for people or is refused.',
        table: options,
        footer:
          'Exit codes: 0 it is asked for (with --wait: it succeeded), 1 it was refused or did not succeed, 2 the gate could not be asked.',
      }),
    );
    return exitCodes.clean;
  }
  const submission = await readSubmission(args, io);
  const waitFor = waitOf(args);
  const connection = await resolveGate(args, io);
  if (args.flag('dry-run')) {
    return assess(connection, submission, args, io);
  }
  const receipt = await submit(connection, submission);
  if (waitFor === undefined || isOver(receipt.state)) {
    io.stdout.write(
      args.flag('json') ? toJson(receipt) : describeRequest(receipt),
    );
    return exitCodeOf(receipt.state, waitFor !== undefined);
  }
  io.stderr.write(`${receipt.link}\n`);
  const found = await waitForOutcome(connection, receipt.id, {
    forMs: waitFor,
    io,
  });
  io.stdout.write(
    args.flag('json') ? toJson(found) : describeRequest(toTold(found)),
  );
  return exitCodeOf(found.state, true);
};

/** A call whose answer was lost is sent again: its key makes it one request. */
async function submit(
  connection: GateConnection,
  submission: RequestSubmission,
): Promise<RequestReceipt> {
  const call = () =>
    askGate<RequestReceipt>(connection, '/requests', { body: submission });
  try {
    return await call();
  } catch (error) {
    if (error instanceof GateRefused) {
      throw error;
    }
    return call();
  }
}

async function assess(
  connection: GateConnection,
  submission: RequestSubmission,
  args: Arguments,
  io: Io,
): Promise<number> {
  const { idempotencyKey: _key, ...body } = submission;
  const preview = await askGate<AssessmentPreview>(
    connection,
    '/requests/assess',
    { body },
  );
  const { assessment, plan, target } = preview;
  io.stdout.write(
    args.flag('json')
      ? toJson(preview)
      : describeRequest({
          state: {
            run: 'would run',
            review: 'would wait',
            refuse: 'would be refused',
            manual: 'would be done by hand',
          }[assessment.outcome],
          tier: assessment.tier,
          summary: plan?.summary ?? `${submission.operation}: ${target.title}`,
          why: assessment.summary,
          decidedBy: assessment.decidedBy,
          deciders: assessment.approval.approvers,
          refusals: assessment.refusals,
        }),
  );
  return assessment.outcome === 'refuse' ? exitCodes.findings : exitCodes.clean;
}

async function readSubmission(
  args: Arguments,
  io: Io,
): Promise<RequestSubmission> {
  const [operation, target, ...more] = args.positionals;
  if (operation === undefined || target === undefined || more.length > 0) {
    throw new InputError(
      'Name an operation and a target, as in: scale-workload resource:default/production-eu.payments.deployment.payment-api',
    );
  }
  const reason = args.text('reason');
  if (!reason?.trim()) {
    throw new InputError('Say why with --reason: people decide by it');
  }
  const recommendation = args.text('recommendation');
  return {
    operation,
    target,
    input: {
      ...(await readObject(args.text('input') ?? '{}', '--input', io)),
      ...readValues(args.texts('set')),
    },
    reason,
    ...(recommendation !== undefined && {
      recommendation: (await readObject(
        recommendation,
        '--recommendation',
        io,
      )) as unknown as Recommendation,
    }),
    idempotencyKey: args.text('key') ?? randomUUID(),
  };
}

async function readObject(
  given: string,
  option: string,
  io: Io,
): Promise<JsonObject> {
  const text = given.startsWith('@')
    ? await readText(given.slice(1), io)
    : given;
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${option} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${option} must be a JSON object, {…}`);
  }
  return value as JsonObject;
}

function readValues(given: readonly string[]): JsonObject {
  const values = new Map<string, JsonValue>();
  for (const text of given) {
    const [, name, value] = /^([A-Za-z][\w-]*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) {
      throw new InputError(`--set takes name=value, not "${text}"`);
    }
    if (values.has(name)) {
      throw new InputError(`--set gives ${name} twice`);
    }
    values.set(name, readValue(value));
  }
  return Object.fromEntries(values);
}

/** Numbers, booleans, null, lists and objects as JSON has them; the rest is a text. */
function readValue(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
