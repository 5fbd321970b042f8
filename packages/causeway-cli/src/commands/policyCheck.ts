import { InputError } from '@backstage/errors';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { wantsColor } from '../cli/Io';
import { helpText, parseArguments } from '../cli/parseArguments';
import {
  formatProblems,
  PolicyFormat,
  policyFormats,
} from '../policy/formatProblems';
import { policyLibrary } from '../policy/policyLibrary';
import { readFiles } from '../policy/readFiles';

const options: OptionTable = {
  format: {
    option: { type: 'string', short: 'f' },
    value: 'name',
    help: `${policyFormats.join(', ')} (text)`,
  },
  quiet: { option: { type: 'boolean', short: 'q' }, help: 'errors only' },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** `causeway policy check`. */
export const policyCheck: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '<files>',
        description:
          'Checks the files of one policy, put together as the gate does it.',
        table: options,
        footer:
          'Exit codes: 0 no errors, 1 errors, 2 the check itself could not run.',
      }),
    );
    return exitCodes.clean;
  }
  const format = (args.text('format') ?? 'text') as PolicyFormat;
  if (!policyFormats.includes(format)) {
    throw new InputError(
      `There is no format "${format}". Formats: ${policyFormats.join(', ')}.`,
    );
  }
  if (args.positionals.length === 0) {
    throw new InputError('Name the files of the policy');
  }
  const files = readFiles(args.positionals, {
    folder: io.cwd,
    workingFolder: io.cwd,
  });
  const { builtInOperations, readPolicyFiles } = policyLibrary();
  const { problems } = readPolicyFiles(files, {
    operations: Object.keys(builtInOperations),
  });
  io.stdout.write(
    formatProblems(problems, {
      format,
      files: files.length,
      color: wantsColor(io),
      quiet: args.flag('quiet'),
    }),
  );
  return problems.some(({ severity }) => severity === 'error')
    ? exitCodes.findings
    : exitCodes.clean;
};
