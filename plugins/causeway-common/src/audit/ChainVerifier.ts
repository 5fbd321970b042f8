import { edgesFit, parseEntry } from './edges';
import { hashEntry } from './hashes';
import { timeOf } from './anchors/findings';
import {
  type Anchor,
  type ChainHead,
  type ChainLink,
  genesisHash,
} from './StoredEntry';

/**
 * The first entry that does not fit, and why.
 *
 * @public
 */
export interface ChainBreak {
  seq: number;
  why: string;
  /** What was kept outside of the database and shows it, where only that does. */
  anchor?: {
    kind: 'rewritten' | 'truncated';
    checkpoint?: number;
    at?: number;
  };
}

/**
 * Holds entries against each other, one after another from the first, and
 * against what is known of them from elsewhere.
 *
 * @public
 */
export class ChainVerifier {
  readonly #anchors = new Map<number, Anchor[]>();

  readonly #lastAnchor: Anchor | undefined;

  #entries: number;

  #hash: string;

  #unanchoredSince: number | undefined;

  /**
   * @param options.anchors - where the trail once ended, as somebody kept it
   * outside of the database
   * @param options.from - begins after this entry, which was verified before;
   * defaults to the first one
   */
  constructor(options: { anchors?: readonly Anchor[]; from?: ChainHead } = {}) {
    const { anchors = [], from = { seq: 0, hash: genesisHash } } = options;
    for (const anchor of anchors) {
      const same = this.#anchors.get(anchor.seq);
      if (same) {
        same.push(anchor);
      } else {
        this.#anchors.set(anchor.seq, [anchor]);
      }
      if (anchor.seq > (this.#lastAnchor?.seq ?? 0)) {
        this.#lastAnchor = anchor;
      }
    }
    this.#entries = from.seq;
    this.#hash = from.hash;
  }

  /** The last entry that fits so far: as many fit from the first one. */
  get entries(): number {
    return this.#entries;
  }

  /** Hash of the last entry that fitted. */
  get hash(): string {
    return this.#hash;
  }

  /** Time of the first entry after the last anchor; epoch milliseconds. */
  get unanchoredSince(): number | undefined {
    return this.#unanchoredSince;
  }

  /** Takes the next entry; answers with what is wrong with it. */
  add(entry: ChainLink): ChainBreak | undefined {
    const expected = this.#entries + 1;
    if (entry.seq !== expected) {
      return entry.seq > expected
        ? { seq: expected, why: `entry ${expected} is missing` }
        : {
            seq: expected,
            why: `entry ${entry.seq} stands where ${expected} belongs`,
          };
    }
    if (entry.previous !== this.#hash) {
      return {
        seq: expected,
        why:
          expected === 1
            ? 'it names an entry before it, and it is the first'
            : `it does not follow on entry ${expected - 1}: one of the two was changed`,
      };
    }
    if (hashEntry(entry.previous, entry.canonical) !== entry.hash) {
      return {
        seq: expected,
        why: 'its content or its hash was changed: they do not belong together',
      };
    }
    if (!edgesFit(entry)) {
      return {
        seq: expected,
        why: 'the columns that it is searched by differ from what was hashed',
      };
    }
    const anchor = this.#anchors
      .get(expected)
      ?.find(({ hash }) => hash !== entry.hash);
    if (anchor) {
      return {
        seq: expected,
        why: `it or an entry before it is not what it was when ${
          anchor.checkpoint === undefined
            ? 'its hash was written down elsewhere'
            : describe(anchor)
        }`,
        anchor: placeOf(anchor, 'rewritten'),
      };
    }
    if (
      this.#unanchoredSince === undefined &&
      expected > (this.#lastAnchor?.seq ?? 0)
    ) {
      this.#unanchoredSince = Number(parseEntry(entry.canonical)?.at);
    }
    this.#entries = expected;
    this.#hash = entry.hash;
    return undefined;
  }

  /** Nothing comes any more: whether the trail ends where it is said to end. */
  finish(head: ChainHead): ChainBreak | undefined {
    if (head.seq > this.#entries) {
      const from = this.#entries + 1;
      return {
        seq: from,
        why:
          from === head.seq
            ? `entry ${from}, the last one, is missing`
            : `entries ${from} to ${head.seq}, the end of the trail, are missing`,
      };
    }
    if (head.seq < this.#entries) {
      return {
        seq: head.seq + 1,
        why: `it stands after the end of the trail, which is entry ${head.seq}`,
      };
    }
    if (this.#lastAnchor && this.#lastAnchor.seq > this.#entries) {
      const { seq, checkpoint } = this.#lastAnchor;
      return {
        seq: head.seq + 1,
        why: `the trail was longer once: entry ${seq} was there when ${
          checkpoint === undefined
            ? 'its hash was written down elsewhere'
            : describe(this.#lastAnchor)
        }`,
        anchor: placeOf(this.#lastAnchor, 'truncated'),
      };
    }
    if (head.hash !== this.#hash) {
      return {
        seq: Math.max(head.seq, 1),
        why: 'the end of the trail is kept with another hash',
      };
    }
    return undefined;
  }
}

function describe({ checkpoint, at = 0 }: Anchor): string {
  return `checkpoint ${checkpoint} was signed (${timeOf(at)})`;
}

function placeOf(
  { checkpoint, at }: Anchor,
  kind: 'rewritten' | 'truncated',
): ChainBreak['anchor'] {
  return {
    kind,
    ...(checkpoint !== undefined && { checkpoint, at }),
  };
}
