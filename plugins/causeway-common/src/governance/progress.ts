import type { RequestState } from './requestState';

/**
 * `GET /requests/:id/progress`: how far a request is, for whatever waits for
 * it. It says nothing of what the request is about.
 *
 * @public
 */
export interface RequestProgress {
  id: string;
  state: RequestState;
  tier: 1 | 2 | 3;
  /** Why it is in this state, for people: the comment of a denial, for one. */
  why: string;
  /** Who or which rule decided, as far as it is decided. */
  decidedBy?: string;
  /** Groups whose members can decide; none once nothing is left to decide. */
  deciders: string[];
  /** What is missing to approve it, for people: `2 people`. */
  missing?: string;
  /** Epoch milliseconds until which it can be decided; absent once it is. */
  decideBy?: number;
  /** What carrying it out came to, in words. */
  outcome?: string;
  /** Where people look at it. */
  link: string;
}
