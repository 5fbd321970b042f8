import { exitCodes } from './cli/exitCodes';
import { Io } from './cli/Io';
import { runCommand } from './cli/runCommand';
import { runInProcess } from './cli/runInProcess';
import { version } from './cli/version';
import { commands } from './commands';

/**
 * The command `causeway`. It finds its way without the Backstage CLI's library,
 * which takes 200 ms to load.
 */
export async function main(args: string[], io: Io): Promise<number> {
  const [first] = args;
  if (first === '--version' || first === '-V') {
    io.stdout.write(`${version}\n`);
    return exitCodes.clean;
  }
  const entry = commands.find(({ path }) =>
    path.every((word, at) => args[at] === word),
  );
  if (!entry) {
    const asked = args.includes('--help') || args.includes('-h');
    const out = asked ? io.stdout : io.stderr;
    out.write(
      `${asked || args.length === 0 ? '' : `There is no command "${args.slice(0, 2).join(' ')}".\n\n`}${overview()}`,
    );
    return asked ? exitCodes.clean : exitCodes.fault;
  }
  return runCommand(entry.run, {
    args: args.slice(entry.path.length),
    usage: `causeway ${entry.path.join(' ')}`,
    io,
  });
}

function overview(): string {
  const lines = commands.map(
    ({ path, description }) =>
      `  causeway ${path.join(' ').padEnd(18)} ${description}`,
  );
  return `Usage: causeway <command> [options]\n\n${lines.join('\n')}\n\n--help after a command tells its options.\n`;
}

/** Runs the process's own arguments. */
export async function runStandalone(): Promise<void> {
  await runInProcess(io => main(process.argv.slice(2), io));
}
