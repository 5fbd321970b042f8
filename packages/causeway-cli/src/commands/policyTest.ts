import { InputError } from '@backstage/errors';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { wantsColor } from '../cli/Io';
import { helpText, parseArguments } from '../cli/parseArguments';
import { paint, Style } from '../output/paint';
import { plainText } from '../output/plainText';
import { CaseResult, testPolicy } from '../policy/testPolicy';

const options: OptionTable = {
  format: {
    option: { type: 'string', short: 'f' },
    value: 'name',
    help: 'text or json (text)',
  },
  quiet: {
    option: { type: 'boolean', short: 'q' },
    help: 'only cases that differ',
  },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** `causeway policy test`. */
export const policyTest: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '<folders or files>',
        description:
          'Assesses the requests of case files and tells where the policy decides otherwise than they expect.',
        table: options,
        footer:
          'Exit codes: 0 all as expected, 1 cases that differ, 2 the test itself could not run.',
      }),
    );
    return exitCodes.clean;
  }
  const format = args.text('format') ?? 'text';
  if (format !== 'text' && format !== 'json') {
    throw new InputError(
      `There is no format "${format}". Formats: text, json.`,
    );
  }
  if (args.positionals.length === 0) {
    throw new InputError('Name the folder of the cases');
  }
  const results = testPolicy(args.positionals, { workingFolder: io.cwd });
  if (results.length === 0) {
    throw new InputError(
      `There is no case in ${args.positionals.join(', ')}: case files end with .yaml`,
    );
  }
  const failed = results.filter(({ differences }) => differences.length > 0);
  io.stdout.write(
    format === 'json'
      ? formatJson(results, failed.length)
      : formatText(results, {
          quiet: args.flag('quiet'),
          color: wantsColor(io),
        }),
  );
  return failed.length > 0 ? exitCodes.findings : exitCodes.clean;
};

function formatJson(results: readonly CaseResult[], failed: number): string {
  return `${JSON.stringify(
    {
      version: 1,
      failed: failed > 0,
      summary: { cases: results.length, failed },
      cases: results,
    },
    undefined,
    2,
  )}\n`;
}

function formatText(
  results: readonly CaseResult[],
  { quiet, color }: { quiet: boolean; color: boolean },
): string {
  const painted = (style: Style, text: string) =>
    color ? paint([style], text) : text;
  const lines = results.flatMap(result => {
    const { file, line, name, differences, summary, decidedBy } = result;
    if (differences.length === 0) {
      return quiet ? [] : [`${painted('green', '✓')} ${plainText(name)}`];
    }
    return [
      `${painted('red', '✗')} ${plainText(name)}  ${plainText(file)}:${line}`,
      ...differences.map(
        one =>
          `    ${plainText(one.path)}: expected ${show(one.expected)}, got ${show(one.actual)}`,
      ),
      `    ${plainText(summary)} (${plainText(decidedBy)})`,
    ];
  });
  const failed = results.filter(({ differences }) => differences.length).length;
  const verdict = failed
    ? `✗ ${failed} of ${results.length} cases differ`
    : `✓ ${results.length} ${results.length === 1 ? 'case' : 'cases'} as expected`;
  return `${[...lines, painted(failed ? 'red' : 'green', verdict)].join('\n')}\n`;
}

/** A value in one line. */
function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return plainText(text.length > 300 ? `${text.slice(0, 300)} …` : text);
}
