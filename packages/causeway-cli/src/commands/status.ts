import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';
import { describeRequest, toTold } from '../gate/describeRequest';
import { gateOptions, requireId, resolveGate } from '../gate/gateOptions';
import { readRequest, waitForOutcome, waitOf } from '../gate/waitForOutcome';
import { exitCodeOf } from '../gate/exitCodeOf';
import { toJson } from '../gate/toJson';

const options: OptionTable = {
  wait: {
    option: { type: 'string' },
    value: 'minutes',
    help: 'wait for the outcome',
  },
  ...gateOptions,
};

/** `causeway status`. */
export const status: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '<request>',
        description: 'Says how far a request is.',
        table: options,
        footer:
          'Exit codes: 0 it goes on (with --wait: it succeeded), 1 it came to another end, 2 the gate could not be asked.',
      }),
    );
    return exitCodes.clean;
  }
  const id = requireId(args);
  const forMs = waitOf(args);
  const connection = await resolveGate(args, io);
  const found =
    forMs === undefined
      ? await readRequest(connection, id)
      : await waitForOutcome(connection, id, { forMs, io });
  io.stdout.write(
    args.flag('json') ? toJson(found) : describeRequest(toTold(found)),
  );
  return exitCodeOf(found.state, forMs !== undefined);
};
