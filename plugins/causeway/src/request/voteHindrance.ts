import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';

/** What stands between a person and a vote. */
export type Hindrance =
  | {
      code:
        | 'loading'
        | 'changed'
        | 'hidden'
        | 'unseen'
        | 'unread'
        | 'noPlan'
        | 'failed'
        | 'over';
    }
  | { code: 'state'; state: GateRequest['state'] }
  /** In the gate's words, where it said why. */
  | { code: 'notYours' | 'refused'; why?: string };

/** How a request is on the screen. */
export interface OnScreen {
  request?: GateRequest;
  /** Whether it changed and that was not looked at yet. */
  changed: boolean;
  /** Whether some of what will change is left out. */
  hidden: boolean;
  /** Whether what will change could not be shown at all. */
  failed: boolean;
  /** Whether some of it was not on the screen yet. */
  unseen: boolean;
  /** Whether what does not add up still has to be read. */
  unread: boolean;
  now: number;
}

/**
 * Why one cannot vote so, if one cannot. Approving needs all of the change to
 * have been on the screen; denying never does.
 */
export function voteHindrance(
  decision: 'approve' | 'deny',
  { request, changed, hidden, failed, unseen, unread, now }: OnScreen,
): Hindrance | undefined {
  if (!request) {
    return { code: 'loading' };
  }
  const vote = request.choices?.vote;
  const { state } = request;
  // An approved request can still be denied, until it is claimed.
  if (state !== 'pending' && !(decision === 'deny' && state === 'approved')) {
    return { code: 'state', state };
  }
  if (!vote?.allowed) {
    return { code: 'notYours', why: vote?.why };
  }
  if (
    state === 'pending' &&
    request.decideBy !== undefined &&
    now >= request.decideBy
  ) {
    return { code: 'over' };
  }
  // Before what changed: looking at it would not make it approvable.
  if (decision === 'approve' && request.assessment.outcome === 'refuse') {
    return { code: 'refused', why: request.assessment.summary };
  }
  if (changed) {
    return { code: 'changed' };
  }
  if (decision === 'deny') {
    return undefined;
  }
  if (failed) {
    return { code: 'failed' };
  }
  if (!request.plan) {
    return { code: 'noPlan' };
  }
  if (hidden) {
    return { code: 'hidden' };
  }
  if (unseen) {
    return { code: 'unseen' };
  }
  return unread ? { code: 'unread' } : undefined;
}
