import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';

/** Something that does not add up, and that one has to have read before one approves. */
export type Caution =
  | { kind: 'discrepancies'; texts: string[] }
  | { kind: 'contested' }
  | { kind: 'stale' };

/** Codes of doubts that say what a caution says already. */
const toldByCautions = [
  'recommendation-differs',
  'target-stale',
  'target-contested',
];

/**
 * What speaks against a request by itself: the plan is not what the agent says,
 * others contest whose the target is, or it was not seen lately. The last two
 * are of the time when it was assessed, and matter until it is decided.
 */
export function cautionsOf(
  request: Pick<GateRequest, 'state' | 'discrepancies' | 'target'>,
): Caution[] {
  const { discrepancies, state, target } = request;
  const isOpen = state === 'pending' || state === 'approved';
  return [
    ...(discrepancies.length > 0
      ? [{ kind: 'discrepancies' as const, texts: discrepancies }]
      : []),
    ...(isOpen && target.contested ? [{ kind: 'contested' as const }] : []),
    ...(isOpen && target.freshness.state !== 'fresh'
      ? [{ kind: 'stale' as const }]
      : []),
  ];
}

/** What made the decision stricter besides the cautions. */
export function otherDoubts({
  doubts,
}: GateRequest['assessment']): GateRequest['assessment']['doubts'] {
  return doubts.filter(({ code }) => !toldByCautions.includes(code));
}
