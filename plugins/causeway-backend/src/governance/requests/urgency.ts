import { isFinal } from './transitions';
import type { StoredRequest } from './StoredRequest';

/** Beyond every time that comes: what is over comes after what is not. */
const over = 1e14;

/**
 * Place in a queue, small first: what can be decided by when it expires, what
 * is under way by when it began, what is over by when it ended, newest first.
 */
export function urgencyOf(
  request: Pick<
    StoredRequest,
    'state' | 'decideBy' | 'executeBy' | 'createdAt' | 'finishedAt'
  >,
): number {
  const { state, decideBy, executeBy, createdAt, finishedAt } = request;
  if (isFinal(state)) {
    return 2 * over - (finishedAt ?? createdAt);
  }
  if (state === 'pending') {
    return decideBy ?? over;
  }
  return state === 'approved' ? (executeBy ?? over) : createdAt;
}
