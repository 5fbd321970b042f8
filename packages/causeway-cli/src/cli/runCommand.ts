import { exitCodes } from './exitCodes';
import { Command, CommandContext } from './Command';

/** Runs a command; whatever it throws becomes one line on stderr and exit code 2. */
export async function runCommand(
  command: Command,
  context: CommandContext,
): Promise<number> {
  try {
    return await command(context);
  } catch (error) {
    const { io } = context;
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(`error: ${message}\n`);
    if (io.env.CAUSEWAY_DEBUG && error instanceof Error) {
      io.stderr.write(`${error.stack}\n`);
    }
    return exitCodes.fault;
  }
}
