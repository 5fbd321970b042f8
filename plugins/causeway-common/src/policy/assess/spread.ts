import type { PolicyDocument } from '../PolicyDocument';
import type { Known } from './Known';

/**
 * Why a change does not run by itself although it is within its own bounds: one
 * requester has changed so many other things lately. Bounds of a target say
 * nothing of two hundred small changes to two hundred targets (THREATS H10).
 */
export function holdSpread(
  { spec }: PolicyDocument,
  { spread }: Pick<Known, 'spread'>,
): string | undefined {
  const { targets, within } = spec.agents.spread;
  // What is not known is a doubt already.
  return spread !== undefined && spread >= targets
    ? `Without people, the same requester has changed ${spread} other targets within ${within}, and ${targets} in all are what policy allows`
    : undefined;
}
