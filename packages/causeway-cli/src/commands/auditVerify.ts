import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type {
  ChainHead,
  ExportVerification,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { auditLibrary } from '../audit/auditLibrary';
import { openDatabase } from '../audit/openDatabase';
import { readLines } from '../audit/readLines';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { Io } from '../cli/Io';
import {
  type Arguments,
  helpText,
  parseArguments,
} from '../cli/parseArguments';
import { createProgress } from '../cli/progress';

const options: OptionTable = {
  database: {
    option: { type: 'string', short: 'd' },
    value: 'database',
    help: 'a SQLite file or postgresql://… instead of an export (CAUSEWAY_DATABASE)',
  },
  schema: {
    option: { type: 'string' },
    value: 'name',
    help: "PostgreSQL schema of the plugin's tables",
  },
  anchor: {
    option: { type: 'string', multiple: true },
    value: 'seq:hash',
    help: 'where the trail ended once, as an earlier run told',
  },
  json: { option: { type: 'boolean' }, help: 'for programs' },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** What was found out, of an export or a database. */
type Verdict = Omit<ExportVerification, 'textsMissing' | 'broken'> & {
  broken?: { seq: number; why: string; line?: number };
  textsMissing?: number;
};

/** `causeway audit verify`. */
export const auditVerify: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '[file]',
        description:
          'Verifies the audit trail: an export (JSON Lines, "-" for standard input) or a database. Names the first entry that does not fit.',
        table: options,
        footer:
          'Exit codes: 0 whole, 1 broken, 2 it could not be verified.\nA connection string with a password is better kept in CAUSEWAY_DATABASE than in the arguments.',
      }),
    );
    return exitCodes.clean;
  }
  const verdict = await verify(args, io);
  io.stdout.write(
    args.flag('json')
      ? `${JSON.stringify(verdict, undefined, 2)}\n`
      : describe(verdict),
  );
  return verdict.whole ? exitCodes.clean : exitCodes.findings;
};

async function verify(args: Arguments, io: Io): Promise<Verdict> {
  const [file, ...more] = args.positionals;
  const database =
    args.text('database') ?? (file ? undefined : io.env.CAUSEWAY_DATABASE);
  if (more.length > 0 || (file === undefined) === (database === undefined)) {
    throw new InputError(
      'Name one export ("-" for standard input), or a database with --database',
    );
  }
  const anchors = args.texts('anchor').map(parseAnchor);
  if (database === undefined) {
    return auditLibrary().verifyExport(readLines(open(file, io)), { anchors });
  }
  const { run, close } = await openDatabase(database, {
    cwd: io.cwd,
    schema: args.text('schema'),
  });
  const progress = createProgress(io.stderr, () => io.now().getTime());
  try {
    const { durationMs, head, ...result } = await auditLibrary().verifyDatabase(
      {
        run,
        now: () => io.now().getTime(),
        anchors,
        onProgress: (done, of) => progress.tick(done, of, 'entries'),
      },
    );
    return {
      ...result,
      filtered: false,
      ...(head && { head: { seq: result.entries, hash: head } }),
    };
  } finally {
    progress.end();
    await close();
  }
}

async function* open(file: string, io: Io): AsyncGenerator<Uint8Array> {
  if (file === '-') {
    yield* io.stdin;
    return;
  }
  try {
    yield* createReadStream(resolve(io.cwd, file), {
      highWaterMark: 1024 * 1024,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT'
        ? `${resolve(io.cwd, file)}: The file is not there`
        : `${resolve(io.cwd, file)}: The file cannot be read (${code ?? error})`,
    );
  }
}

function parseAnchor(text: string): ChainHead {
  const match = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text);
  if (!match) {
    throw new InputError(
      `--anchor takes the number of an entry and its hash, as in 1201:3b0c…, not "${text}"`,
    );
  }
  return { seq: Number(match[1]), hash: match[2] };
}

function describe(verdict: Verdict): string {
  const { broken, entries, filtered, head } = verdict;
  const count = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  if (broken) {
    return [
      `✗ Broken at entry ${broken.seq}${broken.line ? ` (line ${broken.line})` : ''}: ${broken.why}`,
      `  ${count} before it ${entries === 1 ? 'fits' : 'fit'}`,
      '',
    ].join('\n');
  }
  const missing =
    verdict.textsMissing &&
    `  ${verdict.textsMissing} texts beside them are not in the export: they were erased`;
  if (filtered) {
    return [
      `✓ ${count}, each as it was written`,
      `  This is a part of the trail (${describeFilter(verdict)}): nothing says that no other entry is missing`,
      ...(missing ? [missing] : []),
      '',
    ].join('\n');
  }
  return [
    `✓ Whole: ${count}`,
    ...(head && head.seq > 0
      ? [`  It ends with ${head.seq}:${head.hash}`]
      : []),
    ...(verdict.unanchoredSince !== undefined
      ? [
          `  Nothing outside vouches for it since ${new Date(verdict.unanchoredSince).toISOString()}: keep that line elsewhere, for --anchor`,
        ]
      : []),
    ...(missing ? [missing] : []),
    '',
  ].join('\n');
}

function describeFilter({ filter }: Verdict): string {
  return Object.entries(filter ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
