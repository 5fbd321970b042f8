import type {
  AnchorFinding,
  AnchorReport,
  CheckpointSummary,
} from '../../governance/anchors';
import { type Anchor, genesisHash } from '../StoredEntry';
import {
  type Checkpoint,
  checkpointHash,
  readCheckpointLine,
  type SignedCheckpoint,
} from './Checkpoint';
import { anchorFinding } from './findings';
import { type AnchorKey, isSignedBy } from './keys';

/**
 * Checkpoints that were kept outside of the database.
 *
 * @public
 */
export interface Anchors {
  /** What the trail is held against: where it ended at each right checkpoint. */
  heads: Anchor[];
  /** Database that they vouch for; absent where none is right. */
  database?: string;
  report: AnchorReport;
}

/** More of them tell nothing new. */
const maxFindings = 100;

/** Lines whose signatures are checked at the same time. */
const batchSize = 64;

/** What became of a line by itself. */
interface Checked {
  line: number;
  text: string;
  signed?: SignedCheckpoint;
  problem?: Omit<AnchorFinding, 'line' | 'advice'>;
}

/** Holds checkpoints against each other, in the order in which they were kept. */
class AnchorReader {
  readonly #heads: Anchor[] = [];

  readonly #findings: AnchorFinding[] = [];

  #more = false;

  /** Hash of each right checkpoint by its number. */
  readonly #seen = new Map<number, string>();

  #last: { checkpoint: Checkpoint; hash: string } | undefined;

  #torn: Checked | undefined;

  add(checked: Checked): void {
    const { line, text, signed, problem } = checked;
    const torn = this.#torn;
    this.#torn = undefined;
    // A line that was cut off while it was written, and written again.
    if (torn && !(signed && text.startsWith(torn.text))) {
      this.#report({ ...torn.problem!, line: torn.line });
    }
    if (problem?.kind === 'malformed' && text !== '') {
      this.#torn = checked;
    } else if (problem) {
      this.#report({ ...problem, line });
    } else if (signed) {
      this.#hold(signed, line);
    }
  }

  finish(): Anchors {
    if (this.#torn) {
      this.#report({ ...this.#torn.problem!, line: this.#torn.line });
    }
    return {
      heads: this.#heads,
      ...(this.#last && { database: this.#last.checkpoint.database }),
      report: {
        checkpoints: this.#heads.length,
        ...(this.#last && { last: toSummary(this.#last.checkpoint) }),
        findings: this.#findings,
        ...(this.#more && { more: true }),
      },
    };
  }

  #hold(signed: SignedCheckpoint, line: number): void {
    const { checkpoint } = signed;
    const { number } = checkpoint;
    const hash = checkpointHash(signed);
    const known = this.#seen.get(number);
    if (known === hash) {
      // A sink that is told twice keeps it twice: that says nothing new.
      return;
    }
    const problem =
      known === undefined
        ? this.#misfit(checkpoint)
        : ({
            kind: 'fork',
            why: `there are two checkpoints ${number}, and both are signed`,
          } as const);
    if (problem) {
      this.#report({ ...problem, ...placeOf(checkpoint), line });
    }
    const { seq, hash: head, at } = checkpoint;
    this.#heads.push({ seq, hash: head, checkpoint: number, at });
    this.#seen.set(number, hash);
    if (!this.#last || number >= this.#last.checkpoint.number) {
      this.#last = { checkpoint, hash };
    }
  }

  /** What is wrong with the next checkpoint beside the one before. */
  #misfit(next: Checkpoint): Pick<AnchorFinding, 'kind' | 'why'> | undefined {
    const last = this.#last?.checkpoint;
    const expected = (last?.number ?? 0) + 1;
    if (last && next.database !== last.database) {
      return {
        kind: 'other-database',
        why: `checkpoint ${next.number} is of the database ${next.database}, and those before are of ${last.database}`,
      };
    }
    if (next.number < expected) {
      return {
        kind: 'out-of-order',
        why: `checkpoint ${next.number} stands after ${last!.number}`,
      };
    }
    if (next.number > expected) {
      const to = next.number - 1;
      return {
        kind: 'gap',
        why:
          to === expected
            ? `checkpoint ${to} is missing`
            : `checkpoints ${expected} to ${to} are missing`,
      };
    }
    const previous = this.#last?.hash ?? genesisHash;
    if (
      next.previous !== previous ||
      next.seq - (last?.seq ?? 0) !== next.entries
    ) {
      return {
        kind: 'fork',
        why: `checkpoint ${next.number} follows on another one than ${
          last
            ? `the checkpoint ${last.number} that is kept here`
            : 'the beginning, and is the first'
        }`,
      };
    }
    return undefined;
  }

  #report(finding: Omit<AnchorFinding, 'advice'>): void {
    if (this.#findings.length < maxFindings) {
      this.#findings.push(anchorFinding(finding));
    } else {
      this.#more = true;
    }
  }
}

/** Where a checkpoint stands, for findings. */
function placeOf({ number, seq, at }: Checkpoint) {
  return { checkpoint: number, seq, at };
}

/** A checkpoint for people. */
export function toSummary({
  number,
  seq,
  at,
  key,
}: Checkpoint): CheckpointSummary {
  return { number, seq, at, key };
}

async function check(
  text: string,
  line: number,
  keys: ReadonlyMap<string, AnchorKey>,
): Promise<Checked> {
  const signed = readCheckpointLine(text);
  if (!signed) {
    const problem = {
      kind: 'malformed',
      why: 'this line is no signed checkpoint',
    } as const;
    return { line, text, problem };
  }
  const { checkpoint } = signed;
  const key = keys.get(checkpoint.key);
  if (!key) {
    const problem = {
      kind: 'unknown-key',
      why: `no public key ${checkpoint.key} was given`,
      ...placeOf(checkpoint),
    } as const;
    return { line, text, problem };
  }
  if (!(await isSignedBy(signed, key))) {
    const problem = {
      kind: 'forged',
      why: `the signature is not that of key ${checkpoint.key}`,
      ...placeOf(checkpoint),
    } as const;
    return { line, text, problem };
  }
  return { line, text, signed };
}

/**
 * Reads checkpoints line by line, and holds them against the keys and each
 * other. Lines that are none, and checkpoints that nobody known signed, are
 * findings and count for nothing.
 *
 * @param lines - without line feeds
 *
 * @public
 */
export async function readAnchors(
  lines: AsyncIterable<string> | Iterable<string>,
  keys: readonly AnchorKey[],
): Promise<Anchors> {
  const reader = new AnchorReader();
  const known = new Map(keys.map(key => [key.id, key]));
  let batch: Promise<Checked>[] = [];
  let count = 0;
  const settle = async () => {
    for (const checked of await Promise.all(batch)) {
      reader.add(checked);
    }
    batch = [];
  };
  for await (const line of lines) {
    count += 1;
    batch.push(check(line, count, known));
    if (batch.length === batchSize) {
      await settle();
    }
  }
  await settle();
  return reader.finish();
}
