import { InputError } from '@backstage/errors';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';
import { configSchema } from '../config/schema';
import { findRepository } from '../input/GitIgnore';
import { loadModel } from '../model/loadKinds';
import { editorSchema } from '../model/editorSchema';
import { resolveSettings } from './resolveSettings';

const options: OptionTable = {
  config: {
    option: { type: 'string', short: 'c' },
    value: 'file',
    help: 'configuration (causeway.yaml here or above), for kinds of your own',
  },
  'no-config': { option: { type: 'boolean' }, help: 'read no configuration' },
  'config-file': {
    option: { type: 'boolean' },
    help: 'the schema of causeway.yaml instead',
  },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** `causeway catalog schema`. */
export const schema: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '[kind]',
        description:
          'Prints the JSON schema of catalog files, or of one kind, for editors.',
        table: options,
      }),
    );
    return exitCodes.clean;
  }
  if (args.flag('config-file')) {
    io.stdout.write(`${JSON.stringify(configSchema, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  const repository = findRepository(io.cwd);
  const settings = resolveSettings(args, { cwd: io.cwd, repository });
  const { kinds } = loadModel(settings);
  const [kind, ...more] = args.positionals;
  if (more.length > 0) {
    throw new InputError('Name one kind, or none for all of them');
  }
  if (kind && !kinds.properName(kind)) {
    throw new InputError(
      `There is no kind "${kind}". Kinds: ${kinds.names().sort().join(', ')}.`,
    );
  }
  io.stdout.write(
    `${JSON.stringify(editorSchema(kinds, kind && kinds.properName(kind)), undefined, 2)}\n`,
  );
  return exitCodes.clean;
};
