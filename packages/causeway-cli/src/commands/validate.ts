import { writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { InputError } from '@backstage/errors';
import { Command, CommandContext } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { Io, wantsColor } from '../cli/Io';
import { Arguments, helpText, parseArguments } from '../cli/parseArguments';
import { createProgress } from '../cli/progress';
import { version } from '../cli/version';
import { resolveSettings } from './resolveSettings';
import { Settings } from '../config/Settings';
import { isFailed, ValidationResult } from '../engine/Result';
import { RunOptions, TextSource, validateFiles } from '../engine/validateFiles';
import { applyFixes } from '../fix/applyFixes';
import { replaceFile } from '../fix/replaceFile';
import { Finding } from '../findings/finding';
import { findFiles, FoundFile } from '../input/findFiles';
import { findRepository } from '../input/GitIgnore';
import { createMatcher } from '../input/patterns';
import { FormatName, formatNames, FormatOptions } from '../output/format';
import { formatters } from '../output/formatters';
import { plainText } from '../output/plainText';
import { applySuppressions } from '../suppression/applySuppressions';
import { readCatalog } from './readCatalog';
import { readInput } from './readInput';
import { settleBaseline } from './settleBaseline';
import { validateOptions } from './validateOptions';

/** Rounds of fixing: one fix can make way for another. */
const fixRounds = 3;

/** `causeway catalog validate`. */
export const validate: Command = async context => {
  const { io, usage } = context;
  const args = parseArguments(context.args, validateOptions);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '[paths]',
        description:
          'Checks Backstage catalog files: by default every catalog-info.yaml and template.yaml below.',
        table: validateOptions,
        footer:
          'Exit codes: 0 nothing found, 1 findings, 2 the check itself could not run.',
      }),
    );
    return exitCodes.clean;
  }
  const startedAt = io.now();
  const begun = performance.now();
  const outputs = parseFormats(args.texts('format'));
  const repository = findRepository(io.cwd);
  const settings = resolveSettings(args, { cwd: io.cwd, repository });
  const progress = createProgress(io.stderr, () => io.now().getTime());
  const input = await collect(args, settings, context, repository);
  const options: RunOptions = {
    settings,
    workingFolder: io.cwd,
    boundary: repository,
    ...(await readCatalog(args, settings, io, progress)),
    onProgress: args.flag('quiet') ? undefined : progress.tick,
  };
  let result = await runOnce(input, options, settings);
  if (result.files.length === 0 && !args.flag('pass-with-no-files')) {
    throw new InputError(
      `No catalog file was found: ${input.found.length} ${
        input.found.length === 1 ? 'file holds' : 'files hold'
      } no entity. Name those that do.`,
    );
  }
  let fixed = 0;
  let refusals: string[] = [];
  for (let round = 0; args.flag('fix') && round < fixRounds; round += 1) {
    refusals = [];
    const now = fix(result, refusals);
    if (now === 0) {
      break;
    }
    fixed += now;
    result = await runOnce(input, options, settings);
  }
  progress.end();
  if (args.flag('fix') && !args.flag('quiet')) {
    io.stderr.write(`${fixed} ${fixed === 1 ? 'finding' : 'findings'} fixed\n`);
    refusals.forEach(line => io.stderr.write(`${line}\n`));
  }
  tellGivenUp(result.givenUpPatterns, io.stderr);
  result = settleBaseline(args, settings, result, {
    cwd: io.cwd,
    repository,
    write: io.stderr.write,
  });
  writeOutputs(
    outputs,
    result,
    {
      color: args.flag('color') || (!args.flag('no-color') && wantsColor(io)),
      quiet: args.flag('quiet'),
      verbose: args.flag('verbose'),
      startedAt,
      duration: performance.now() - begun,
      version,
    },
    context,
  );
  return isFailed(result) ? exitCodes.findings : exitCodes.clean;
};

/** Names the first patterns that could not be tried. */
function tellGivenUp(patterns: readonly string[], stderr: Io['stderr']): void {
  const told = 5;
  patterns
    .slice(0, told)
    .forEach(pattern =>
      stderr.write(
        `note: the pattern ${plainText(pattern.slice(0, 200))} of a schema takes too long and was not tried everywhere\n`,
      ),
    );
  if (patterns.length > told) {
    stderr.write(`note: and ${patterns.length - told} more\n`);
  }
}

interface Input {
  found: FoundFile[];
  texts: TextSource[];
}

async function collect(
  args: Arguments,
  settings: Settings,
  { io }: CommandContext,
  repository: string,
): Promise<Input> {
  const named = args.positionals.length ? args.positionals : undefined;
  const texts: TextSource[] = [];
  if (named?.includes('-')) {
    if (args.flag('fix')) {
      throw new InputError('--fix cannot write to standard input');
    }
    texts.push({
      path: args.text('stdin-filename') ?? '<stdin>',
      bytes: await readInput(io.stdin, settings.limits.fileBytes),
    });
  }
  const paths = (named ?? settings.paths).filter(path => path !== '-');
  if (named && paths.length === 0) {
    return { found: [], texts };
  }
  const search = findFiles({
    paths,
    // Paths of the configuration are relative to its own folder.
    workingFolder: !named && paths.length ? settings.folder : io.cwd,
    repository,
    ignored: createMatcher(settings.folder, settings.ignore),
    maxFiles: settings.limits.files,
  });
  if (search.faults.length > 0) {
    throw new InputError(search.faults.slice(0, 5).join('\n'));
  }
  if (search.truncated) {
    throw new InputError(
      `There are more than ${settings.limits.files} files. Name fewer, or raise catalog.validate.limits.files in causeway.yaml.`,
    );
  }
  if (search.files.length === 0 && !args.flag('pass-with-no-files')) {
    throw new InputError(
      'No catalog file was found. Name files or globs, such as "catalog/**/*.yaml".',
    );
  }
  return { found: search.files, texts };
}

async function runOnce(
  { found, texts }: Input,
  options: RunOptions,
  settings: Settings,
): Promise<ValidationResult> {
  const outcome = await validateFiles(found, texts, options);
  const { kept, suppressed } = applySuppressions(
    outcome.files,
    outcome.findings,
  );
  return {
    findings: kept.sort(byPlace),
    dropped: outcome.findings.dropped,
    suppressed,
    tolerated: 0,
    stale: 0,
    files: outcome.files,
    entities: outcome.entities,
    skeletons: outcome.skeletons,
    givenUpPatterns: outcome.givenUpPatterns,
    failOn: settings.failOn,
    folder: relative(options.boundary, options.workingFolder)
      .split(sep)
      .join('/'),
  };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) {
    return a.file < b.file ? -1 : 1;
  }
  return (
    a.place.offset - b.place.offset ||
    (a.rule < b.rule ? -1 : Number(a.rule > b.rule))
  );
}

/** Writes all fixes that do no harm; gives their number, and says which were left out. */
function fix(
  { files, findings }: ValidationResult,
  refusals: string[],
): number {
  let fixed = 0;
  for (const file of files) {
    const own = findings.filter(one => one.file === file.path && one.fix);
    if (own.length === 0 || !file.absolutePath) {
      continue;
    }
    const outcome = applyFixes(file.text, own);
    if (outcome.fixed > 0) {
      replaceFile(file, outcome.text);
      fixed += outcome.fixed;
    }
    if (outcome.refused > 0) {
      refusals.push(
        `${file.path}: ${outcome.refused} ${
          outcome.refused === 1 ? 'fix was' : 'fixes were'
        } left out, because ${outcome.reason}`,
      );
    }
  }
  return fixed;
}

interface Output {
  format: FormatName;
  file?: string;
}

function parseFormats(texts: readonly string[]): Output[] {
  return (texts.length ? texts : ['text']).map(text => {
    const colon = text.indexOf(':');
    const format = colon === -1 ? text : text.slice(0, colon);
    if (!(formatNames as readonly string[]).includes(format)) {
      throw new InputError(
        `There is no format "${format}". Formats: ${formatNames.join(', ')}.`,
      );
    }
    return {
      format: format as FormatName,
      file: colon === -1 ? undefined : text.slice(colon + 1),
    };
  });
}

function writeOutputs(
  outputs: readonly Output[],
  result: ValidationResult,
  options: FormatOptions,
  { io }: CommandContext,
): void {
  for (const { format, file } of outputs) {
    const formatter = formatters[format];
    if (file) {
      const text = formatter(result, { ...options, color: false });
      try {
        writeFileSync(resolve(io.cwd, file), text);
      } catch (error) {
        throw new InputError(
          `${file} cannot be written (${(error as NodeJS.ErrnoException).code})`,
        );
      }
    } else {
      io.stdout.write(formatter(result, options));
    }
  }
  if (outputs.every(({ file }) => file) && !options.quiet) {
    // Somebody who watches wants to see how it went as well.
    io.stdout.write(formatters.text(result, options));
  }
}
