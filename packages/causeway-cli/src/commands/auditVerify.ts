import { InputError } from '@backstage/errors';
import type { AnchorReport } from '@causeway/backstage-plugin-causeway-common';
import type { Anchor } from '@causeway/backstage-plugin-causeway-common/audit';
import { auditLibrary } from '../audit/auditLibrary';
import { describeVerdict, type Verdict } from '../audit/describeVerdict';
import { loadAnchors } from '../audit/loadAnchors';
import { openDatabase } from '../audit/openDatabase';
import { openFile } from '../audit/openFile';
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
  anchors: {
    option: { type: 'string', multiple: true },
    value: 'file',
    help: 'signed checkpoints that the gate kept elsewhere (JSON Lines)',
  },
  'anchor-keys': {
    option: { type: 'string', multiple: true },
    value: 'file',
    help: 'public keys (PEM) that may have signed them',
  },
  'anchored-within': {
    option: { type: 'string' },
    value: 'minutes',
    help: 'entries that are older and that nothing vouches for are a finding',
  },
  json: { option: { type: 'boolean' }, help: 'for programs' },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
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
          'Verifies the audit trail: an export (JSON Lines, "-" for standard input) or a database. Names the first entry that does not fit, and what does not fit the anchors.',
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
      : describeVerdict(verdict),
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
  const files = {
    anchors: args.texts('anchors'),
    keys: args.texts('anchor-keys'),
  };
  const stdins = [file, ...files.anchors, ...files.keys].filter(
    one => one === '-',
  );
  if (stdins.length > 1) {
    throw new InputError('Standard input ("-") can be only one of the files');
  }
  const within = parseMinutes(args.text('anchored-within'));
  if (within !== undefined && files.anchors.length === 0) {
    throw new InputError('--anchored-within needs --anchors');
  }
  const written = args.texts('anchor').map(parseAnchor);
  const signed = await loadAnchors(files, io);
  const trail = await verifyTrail({
    file,
    database,
    schema: args.text('schema'),
    anchors: [...written, ...(signed?.heads ?? [])],
    io,
  });
  if (!signed) {
    return trail;
  }
  const verdict = auditLibrary().judgeByAnchors(trail, signed, trail.database);
  return within === undefined
    ? verdict
    : requireFresh(verdict, { within, now: io.now().getTime() });
}

/** Whoever keeps the gate from signing could change what is written meanwhile. */
function requireFresh(
  verdict: Verdict & { anchors: AnchorReport },
  { within, now }: { within: number; now: number },
): Verdict {
  const { unanchoredSince, anchors } = verdict;
  if (unanchoredSince === undefined || now - unanchoredSince <= within) {
    return verdict;
  }
  const { anchorFinding, timeOf } = auditLibrary();
  const stale = anchorFinding({
    kind: 'stale',
    ...(anchors.last && { seq: anchors.last.seq + 1 }),
    why: `nothing outside vouches for the trail since ${timeOf(unanchoredSince)}`,
  });
  return {
    ...verdict,
    whole: false,
    anchors: { ...anchors, findings: [...anchors.findings, stale] },
  };
}

/** @returns milliseconds */
function parseMinutes(text: string | undefined): number | undefined {
  if (text !== undefined && !/^[1-9]\d{0,6}$/.test(text)) {
    throw new InputError(
      `--anchored-within takes whole minutes, as in 30, not "${text}"`,
    );
  }
  return text === undefined ? undefined : Number(text) * 60_000;
}

async function verifyTrail(asked: {
  file: string | undefined;
  database: string | undefined;
  schema: string | undefined;
  anchors: readonly Anchor[];
  io: Io;
}): Promise<Verdict> {
  const { file, database, schema, anchors, io } = asked;
  const { readDatabaseId, readLines, verifyDatabase, verifyExport } =
    auditLibrary();
  if (database === undefined) {
    return verifyExport(readLines(openFile(file!, io)), { anchors });
  }
  const { run, close } = await openDatabase(database, { cwd: io.cwd, schema });
  const progress = createProgress(io.stderr, () => io.now().getTime());
  try {
    const { durationMs, head, ...result } = await verifyDatabase({
      run,
      now: () => io.now().getTime(),
      anchors,
      onProgress: (done, of) => progress.tick(done, of, 'entries'),
    });
    const id = await readDatabaseId(run);
    return {
      ...result,
      filtered: false,
      ...(head && { head: { seq: result.entries, hash: head } }),
      ...(id !== undefined && { database: id }),
    };
  } finally {
    progress.end();
    await close();
  }
}

function parseAnchor(text: string): Anchor {
  const match = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text);
  if (!match) {
    throw new InputError(
      `--anchor takes the number of an entry and its hash, as in 1201:3b0c…, not "${text}"`,
    );
  }
  return { seq: Number(match[1]), hash: match[2] };
}
