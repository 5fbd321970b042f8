import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';
import { describeRequest, toTold } from '../gate/describeRequest';
import { askGate } from '../gate/GateConnection';
import { gateOptions, requireId, resolveGate } from '../gate/gateOptions';
import { readRequest } from '../gate/waitForOutcome';
import { toJson } from '../gate/toJson';

const options: OptionTable = {
  comment: {
    option: { type: 'string' },
    value: 'text',
    help: 'why it is not needed any more',
  },
  ...gateOptions,
};

/** `causeway withdraw`. */
export const withdraw: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '<request>',
        description: 'Takes back what you, or an agent of yours, asked for.',
        table: options,
        footer: 'Exit codes: 0 it is taken back, 2 it could not be.',
      }),
    );
    return exitCodes.clean;
  }
  const id = requireId(args);
  const connection = await resolveGate(args, io);
  const comment = args.text('comment');
  await askGate(connection, `/requests/${id}/withdraw`, {
    body: comment === undefined ? {} : { comment },
  });
  const found = await readRequest(connection, id);
  io.stdout.write(
    args.flag('json') ? toJson(found) : describeRequest(toTold(found)),
  );
  return exitCodes.clean;
};
