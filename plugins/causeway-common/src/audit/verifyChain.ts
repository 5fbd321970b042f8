import { type ChainBreak, ChainVerifier } from './ChainVerifier';
import type { Anchor, ChainHead, ChainLink } from './StoredEntry';

/**
 * What became of a chain.
 *
 * @public
 */
export interface ChainResult {
  /** Entries that fit, from the first. */
  entries: number;
  whole: boolean;
  broken?: ChainBreak;
  /** Hash of the last entry that fits; absent for an empty trail. */
  head?: string;
  /** Time of the first entry that no anchor vouches for; epoch milliseconds. */
  unanchoredSince?: number;
}

/**
 * Verifies entries from the first one. They come in pages, oldest first: an
 * asynchronous step for each entry would take longer than its hash.
 *
 * @public
 */
export async function verifyChain(
  pages: AsyncIterable<readonly ChainLink[]>,
  head: ChainHead,
  options: { anchors?: readonly Anchor[] } = {},
): Promise<ChainResult> {
  const verifier = new ChainVerifier(options);
  for await (const page of pages) {
    for (const entry of page) {
      const broken = verifier.add(entry);
      if (broken) {
        return toChainResult(verifier, broken);
      }
    }
  }
  return toChainResult(verifier, verifier.finish(head));
}

/** What a verifier has found out. */
export function toChainResult(
  verifier: ChainVerifier,
  broken: ChainBreak | undefined,
): ChainResult {
  const { entries, hash, unanchoredSince } = verifier;
  return {
    entries,
    whole: broken === undefined,
    ...(broken && { broken }),
    ...(entries > 0 && { head: hash }),
    ...(unanchoredSince !== undefined && { unanchoredSince }),
  };
}
