import { InputError } from '@backstage/errors';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';
import { likelySpelling } from '../model/spelling';
import { getRule, rules as all } from '../rules';
import { rulePage } from '../rules/page';

const options: OptionTable = {
  json: { option: { type: 'boolean' }, help: 'for programs' },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** `causeway catalog rules`. */
export const rules: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '[id]',
        description: 'Lists the rules of "causeway catalog validate".',
        table: options,
      }),
    );
    return exitCodes.clean;
  }
  const [id] = args.positionals;
  if (id && !getRule(id)) {
    const likely = likelySpelling(
      id,
      all.map(rule => rule.id),
    );
    throw new InputError(
      `There is no rule "${id}"${likely ? `; "${likely}" is meant, perhaps` : ''}`,
    );
  }
  const chosen = all.filter(rule => !id || rule.id === id);
  const rows = chosen.map(rule => ({
    id: rule.id,
    category: rule.category,
    recommended: rule.severity,
    strict: rule.strict ?? rule.severity,
    description: rule.description,
    page: rulePage(rule.id),
  }));
  if (args.flag('json')) {
    io.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  const width = Math.max(...rows.map(row => row.id.length));
  io.stdout.write(
    rows
      .map(row =>
        id
          ? `${row.id} (${row.recommended})\n${row.description}\n${row.page}\n`
          : `${row.id.padEnd(width)}  ${row.recommended.padEnd(7)}  ${row.description}\n`,
      )
      .join(''),
  );
  return exitCodes.clean;
};
