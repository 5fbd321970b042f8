import { ConflictError } from '@backstage/errors';
import type { RequestState } from '@causeway/backstage-plugin-causeway-common';

/**
 * The one table of states: what a request may become. Everything else that
 * changes a state asks here first.
 *
 * `pending` to itself is a request that was assessed again; `approved` to
 * `pending` one whose approval no longer holds; `running` to itself the second
 * attempt of an operation that can be repeated, after a crash.
 */
export const transitions: Readonly<
  Record<RequestState, readonly RequestState[]>
> = {
  pending: [
    'pending',
    'approved',
    'denied',
    'refused',
    'manual',
    'expired',
    'withdrawn',
  ],
  approved: [
    'approved',
    'running',
    'pending',
    'denied',
    'refused',
    'manual',
    'withdrawn',
    'lapsed',
  ],
  running: ['running', 'verifying', 'failed', 'unknown'],
  verifying: ['succeeded', 'failed', 'rolled-back', 'unknown'],
  unknown: ['succeeded', 'failed'],
  manual: ['succeeded', 'withdrawn', 'expired'],
  succeeded: [],
  refused: [],
  denied: [],
  expired: [],
  withdrawn: [],
  lapsed: [],
  failed: [],
  'rolled-back': [],
};

/** Whether nothing more happens to it but feedback. */
export function isFinal(state: RequestState): boolean {
  return transitions[state].length === 0;
}

/** Whether it holds a place in quotas. */
export function isOpen(state: RequestState): boolean {
  return !isFinal(state) && state !== 'unknown';
}

/**
 * Lets a state become another, or says why not.
 *
 * @throws ConflictError
 */
export function requireTransition(from: RequestState, to: RequestState): void {
  if (!transitions[from].includes(to)) {
    throw new ConflictError(
      `The request is ${from} and cannot become ${to}; look at it again`,
    );
  }
}
