import type { ChainBreak } from './ChainVerifier';
import { parseEntry } from './edges';
import { hashText } from './hashes';
import type { ChainLink, StoredText } from './StoredEntry';

/** Type and action of the entry that says that texts were erased. */
export const erasure = { type: 'audit', action: 'Erased' } as const;

interface ErasedTexts {
  seq: number;
  fields: string[];
}

const erasureStart = `{"action":"${erasure.action}",`;

/**
 * Holds the texts beside the chain against their hashes in it. A text may be
 * gone only where an entry says that it was erased.
 */
export class TextVerifier {
  /** Texts that are gone, until the entry comes that says so. */
  readonly #gone = new Set<string>();

  /** Texts that may still be missing in what was given. */
  get gone(): number {
    return this.#gone.size;
  }

  /** Takes the next entry with the texts that are kept for it. */
  add(entry: ChainLink, texts: readonly StoredText[]): ChainBreak | undefined {
    const { seq, canonical } = entry;
    if (canonical.startsWith(erasureStart)) {
      this.erased(canonical);
    }
    // The end is the columns' where no texts stand within it: most entries
    // need not be parsed.
    const recorded =
      entry.edges && canonical.endsWith(entry.edges.end)
        ? {}
        : textHashes(parseEntry(canonical));
    for (const { field } of texts) {
      if (!Object.hasOwn(recorded, field)) {
        return {
          seq,
          why: `a text "${field}" is kept for it that was never recorded`,
        };
      }
    }
    for (const [field, hash] of Object.entries(recorded)) {
      const kept = texts.find(text => text.field === field);
      if (kept?.salt === undefined || kept.text === undefined) {
        this.#gone.add(keyOf(seq, field));
      } else if (hashText(kept.salt, kept.text) !== hash) {
        return { seq, why: `the text "${field}" beside it was changed` };
      }
    }
    return undefined;
  }

  /** Takes an entry that says that texts were erased. */
  erased(canonical: string): void {
    const { type, detail } = (parseEntry(canonical) ?? {}) as {
      type?: string;
      detail?: Partial<ErasedTexts> & { erased?: ErasedTexts[] };
    };
    if (type !== erasure.type || !detail) {
      return;
    }
    // Of one entry, or of many.
    for (const { seq, fields } of [detail, ...(detail.erased ?? [])]) {
      for (const field of fields ?? []) {
        this.#gone.delete(keyOf(seq!, field));
      }
    }
  }

  /** Nothing comes any more. */
  finish(): ChainBreak | undefined {
    const [first] = [...this.#gone]
      .map(key => JSON.parse(key) as [number, string])
      .sort((a, b) => a[0] - b[0]);
    return (
      first && {
        seq: first[0],
        why: `the text "${first[1]}" beside it is gone, and nothing says that it was erased`,
      }
    );
  }
}

/** Hashes of the texts of an entry by field. */
export function textHashes(
  told: Record<string, unknown> | undefined,
): Record<string, unknown> {
  return (told?.texts ?? {}) as Record<string, unknown>;
}

function keyOf(seq: number, field: string): string {
  return JSON.stringify([seq, field]);
}
