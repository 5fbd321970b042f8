import { createHash } from 'node:crypto';

/** A number from 0 (inclusive) to 1 that depends on the text alone. */
export function fraction(text: string): number {
  return (
    createHash('sha256').update(text).digest().readUInt32BE(0) / 0x1_0000_0000
  );
}

/** A source of numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
