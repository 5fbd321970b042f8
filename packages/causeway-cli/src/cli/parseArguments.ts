import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { likelySpelling } from '../model/spelling';
import { OptionTable } from './Command';

/** Values of options by name, and the other arguments. */
export interface Arguments {
  positionals: string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): string[];
}

/** Parses arguments strictly. An option that is not there is an `InputError`. */
export function parseArguments(
  args: readonly string[],
  table: OptionTable,
): Arguments {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { option }]) => [name, option]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new InputError(explain(error as Error, Object.keys(table)));
  }
  const values = parsed.values as Record<string, unknown>;
  return {
    positionals: parsed.positionals,
    flag: name => values[name] === true,
    text: name => values[name] as string | undefined,
    texts: name => (values[name] as string[] | undefined) ?? [],
  };
}

function explain(error: Error, names: readonly string[]): string {
  const unknown = /Unknown option '--?([^']+)'/.exec(error.message)?.[1];
  if (unknown) {
    const likely = likelySpelling(unknown, names);
    return `There is no option --${unknown}${
      likely ? `; --${likely} is meant, perhaps` : ''
    }. --help lists them.`;
  }
  return error.message.split('\n')[0];
}

/** The help of a command. */
export function helpText(options: {
  usage: string;
  positionals: string;
  description: string;
  table: OptionTable;
  footer?: string;
}): string {
  const rows = Object.entries(options.table).map(
    ([name, { option, value, help }]) => [
      `${option.short ? `-${option.short}, ` : '    '}--${name}${value ? ` <${value}>` : ''}`,
      help,
    ],
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, help]) => `  ${left.padEnd(width)}${help}`);
  return `${options.description}

Usage: ${options.usage} [options] ${options.positionals}

Options:
${lines.join('\n')}
${options.footer ? `\n${options.footer}\n` : ''}`;
}
