import type { ParseArgsConfig } from 'node:util';
import type { Io } from './Io';

/** What a command is called with. */
export interface CommandContext {
  args: string[];
  /** How it was called, e.g. `causeway catalog validate`. */
  usage: string;
  io: Io;
}

/** A command: gives the exit code. */
export type Command = (context: CommandContext) => Promise<number>;

/** One option of a command, with its line of help. */
export interface OptionHelp {
  /** As in `parseArgs`. */
  option: NonNullable<ParseArgsConfig['options']>[string];
  /** Name of its value. */
  value?: string;
  help: string;
}

/** The options of a command by name. */
export type OptionTable = Record<string, OptionHelp>;
