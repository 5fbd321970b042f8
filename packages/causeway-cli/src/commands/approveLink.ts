import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';
import { gateOptions, requireId, resolveGate } from '../gate/gateOptions';
import { readRequest } from '../gate/waitForOutcome';
import { toJson } from '../gate/toJson';

const options: OptionTable = { ...gateOptions };

/** `causeway approve-link`. */
export const approveLink: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '<request>',
        description:
          'Prints where people decide about a request, to pass on. Deciding happens in the portal and nowhere else.',
        table: options,
        footer:
          'Exit codes: 0 it waits for people, 1 it does not, 2 the gate could not be asked.',
      }),
    );
    return exitCodes.clean;
  }
  const id = requireId(args);
  const connection = await resolveGate(args, io);
  const { link, state, quorum, assessment } = await readRequest(connection, id);
  const { approvers } = assessment.approval;
  if (args.flag('json')) {
    io.stdout.write(
      toJson({ link, state, approvers, missing: quorum.missing }),
    );
  } else {
    io.stdout.write(`${link}\n`);
  }
  if (state !== 'pending') {
    io.stderr.write(`It does not wait for people: it is ${state}\n`);
    return exitCodes.findings;
  }
  io.stderr.write(
    `Missing: ${quorum.missing}. Asked: ${approvers.join(', ')}\n`,
  );
  return exitCodes.clean;
};
