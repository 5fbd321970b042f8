import type { Health } from './status';

const fromWorst: Health[] = [
  'degraded',
  'missing',
  'progressing',
  'suspended',
  'healthy',
  // Says nothing, so it hides nothing that is known.
  'unknown',
];

/**
 * The health of a whole: that of its worst part of which something is known.
 *
 * @returns `unknown` where nothing is known, undefined where there is no part
 *
 * @public
 */
export function worstHealth(healths: readonly Health[]): Health | undefined {
  return fromWorst.find(health => healths.includes(health));
}
