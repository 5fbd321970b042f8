import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';
import { createProgress } from '../cli/progress';
import { takeSnapshot } from '../snapshot/takeSnapshot';
import { liveOptions, resolveLive, timeoutOf } from './catalogOptions';

const options: OptionTable = {
  url: {
    option: { type: 'string' },
    value: 'url',
    help: 'address of the Backstage backend',
  },
  out: {
    option: { type: 'string', short: 'o' },
    value: 'file',
    help: 'where the snapshot goes; standard output without it',
  },
  ...liveOptions,
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** `causeway catalog snapshot`. */
export const snapshot: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '',
        description:
          'Writes down which entities the live catalog has and which actions its scaffolder, for "causeway catalog validate --snapshot".',
        table: options,
      }),
    );
    return exitCodes.clean;
  }
  if (args.positionals.length > 0) {
    throw new InputError(
      `What is "${args.positionals[0]}"? --help lists the options.`,
    );
  }
  const timeoutMs = timeoutOf(args);
  const progress = createProgress(io.stderr, () => io.now().getTime());
  const taken = await takeSnapshot({
    catalog: await resolveLive(args, args.text('url'), io),
    limits: timeoutMs ? { timeoutMs } : {},
    now: io.now,
    onProgress: (done, total) => progress.tick(done, total, 'entities'),
  });
  progress.end();
  const text = `${JSON.stringify(taken, undefined, 1)}\n`;
  const out = args.text('out');
  if (!out) {
    io.stdout.write(text);
    return exitCodes.clean;
  }
  const path = resolve(io.cwd, out);
  const beside = `${path}.${process.pid}`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    throw new InputError(
      `${out} cannot be written (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  io.stderr.write(
    `${taken.entities.length} entities and ${
      taken.actions ? `${taken.actions.length} actions` : 'no actions'
    } of ${taken.source} stand in ${out}\n`,
  );
  return exitCodes.clean;
};
