import { type ChainBreak, ChainVerifier } from './ChainVerifier';
import { type ExportHeader, readLine } from './exportFormat';
import { hashEntry, hashText } from './hashes';
import { parseEntry } from './edges';
import type { Anchor, ChainHead, ChainLink } from './StoredEntry';
import { textHashes } from './TextVerifier';

/**
 * What an export is worth.
 *
 * @public
 */
export interface ExportVerification {
  whole: boolean;
  entries: number;
  /** Whether only some of the entries are there: then each is verified by itself, and nothing says that none is missing. */
  filtered: boolean;
  /** What it was narrowed to. */
  filter?: ExportHeader['filter'];
  broken?: ChainBreak & { line: number };
  /** Where the trail ended when the export began. */
  head?: ChainHead;
  /** Id of the database that it was taken from. */
  database?: string;
  /** Time of the first entry that no anchor vouches for; epoch milliseconds. Absent for a filtered export. */
  unanchoredSince?: number;
  /** Texts that were erased before the export, or that it leaves out. */
  textsMissing: number;
}

class ExportReader {
  #line = 0;

  #header: ExportHeader | undefined;

  #end: number | undefined;

  #broken: ExportVerification['broken'];

  readonly #anchors: readonly Anchor[];

  readonly #chain: ChainVerifier;

  #entries = 0;

  #last: { seq: number; hash: string } | undefined;

  /** Hashes of the texts of the last entry that did not come yet. */
  #awaited = new Map<string, unknown>();

  #textsMissing = 0;

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = anchors;
    this.#chain = new ChainVerifier({ anchors });
  }

  /** Takes a line; false when nothing more is needed. */
  add(text: string): boolean {
    this.#line += 1;
    const why = this.#check(text);
    if (why) {
      this.#breakOff(why);
    }
    return !this.#broken;
  }

  finish(): ExportVerification {
    this.#settleTexts();
    if (!this.#broken) {
      const why = this.#checkEnd();
      if (why) {
        this.#line += 1;
        this.#breakOff(why);
      }
    }
    return {
      whole: this.#broken === undefined,
      entries: this.#entries,
      filtered: this.#header?.filtered ?? false,
      ...(this.#header && {
        filter: this.#header.filter,
        head: this.#header.head,
        ...(this.#header.database !== undefined && {
          database: this.#header.database,
        }),
      }),
      ...(this.#broken && { broken: this.#broken }),
      ...(this.#chain.unanchoredSince !== undefined && {
        unanchoredSince: this.#chain.unanchoredSince,
      }),
      textsMissing: this.#textsMissing,
    };
  }

  #breakOff(problem: string | ChainBreak) {
    const broken =
      typeof problem === 'string'
        ? { seq: (this.#last?.seq ?? 0) + 1, why: problem }
        : problem;
    this.#broken ??= { ...broken, line: this.#line };
  }

  #check(text: string): string | ChainBreak | undefined {
    const line = readLine(text);
    if (!line) {
      return 'this line is not one of an export';
    }
    if (this.#end !== undefined) {
      return 'this line stands after the end of the export';
    }
    if ((line.type === 'header') !== (this.#line === 1)) {
      return line.type === 'header'
        ? 'a second export begins here'
        : 'the first line does not say what the export is';
    }
    switch (line.type) {
      case 'header':
        this.#header = line.header;
        return undefined;
      case 'end':
        this.#end = line.entries;
        return undefined;
      case 'text': {
        const { seq, field, salt, text: told } = line.text;
        const hash = this.#awaited.get(field);
        if (seq !== this.#last?.seq || hash === undefined) {
          return 'this text belongs to no entry above it';
        }
        this.#awaited.delete(field);
        return hashText(String(salt), String(told)) === hash
          ? undefined
          : { seq, why: `the text "${field}" of the entry was changed` };
      }
      default:
        return this.#checkEntry(line);
    }
  }

  #checkEntry(line: {
    hash: string;
    previous: string;
    canonical: string;
  }): string | ChainBreak | undefined {
    this.#settleTexts();
    // An entry has nothing but its canonical text in an export.
    const told = parseEntry(line.canonical);
    if (!told || !Number.isSafeInteger(told.seq)) {
      return 'this line is not an entry';
    }
    const entry = { ...line, seq: told.seq as number };
    const problem = this.#header!.filtered
      ? this.#checkAlone(entry)
      : this.#chain.add(entry);
    if (problem) {
      return problem;
    }
    this.#entries += 1;
    this.#last = { seq: entry.seq, hash: entry.hash };
    this.#awaited = new Map(Object.entries(textHashes(told)));
    return undefined;
  }

  #checkAlone(entry: ChainLink): ChainBreak | undefined {
    const { seq } = entry;
    const last = this.#last ?? { seq: 0, hash: undefined };
    if (seq <= last.seq) {
      return { seq, why: `it stands after entry ${last.seq}` };
    }
    if (seq === last.seq + 1 && last.hash && entry.previous !== last.hash) {
      return { seq, why: `it does not follow on entry ${last.seq}` };
    }
    if (hashEntry(entry.previous, entry.canonical) !== entry.hash) {
      return {
        seq,
        why: 'its content or its hash was changed: they do not belong together',
      };
    }
    const anchor = this.#anchors.find(one => one.seq === seq);
    return anchor && anchor.hash !== entry.hash
      ? {
          seq,
          why: 'it is not what it was when its hash was written down elsewhere',
        }
      : undefined;
  }

  #checkEnd(): string | ChainBreak | undefined {
    if (!this.#header) {
      return 'the export is empty: it has not even a first line';
    }
    if (!this.#header.filtered) {
      const broken = this.#chain.finish(this.#header.head);
      if (broken) {
        return broken;
      }
    }
    if (this.#end === undefined) {
      return 'the export was cut off: its last line is missing';
    }
    return this.#end === this.#entries
      ? undefined
      : `the export says that it has ${this.#end} entries, and has ${this.#entries}`;
  }

  #settleTexts() {
    this.#textsMissing += this.#awaited.size;
    this.#awaited = new Map();
  }
}

/**
 * Verifies an export line by line. A whole one is verified as a chain; a
 * filtered one entry by entry, and it says so.
 *
 * @param lines - without line feeds
 * @param options.anchors - where the trail once ended, as somebody kept it
 * outside of the database
 *
 * @public
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  options: { anchors?: readonly Anchor[] } = {},
): Promise<ExportVerification> {
  const reader = new ExportReader(options.anchors ?? []);
  for await (const line of lines) {
    if (!reader.add(line)) {
      break;
    }
  }
  return reader.finish();
}
