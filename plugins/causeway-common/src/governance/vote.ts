/**
 * One person's word.
 *
 * @public
 */
export interface Vote {
  id: string;
  voter: string;
  decision: 'approve' | 'deny';
  comment?: string;
  /** Epoch milliseconds. */
  at: number;
  /** Digest that the voter saw. */
  digest: string;
  /** `unattested`: the session alone says that it was the person. */
  presence: 'attested' | 'unattested';
  /** Milliseconds between opening the request and voting, as the portal told. */
  lookedFor?: number;
  /** When it was taken back, or ceased to count, and why. */
  withdrawnAt?: number;
  withdrawnWhy?: string;
}

/**
 * How far a request is from being approved.
 *
 * @public
 */
export interface Quorum {
  met: boolean;
  approvals: number;
  needed: number;
  required: { group: string; needed: number; have: number }[];
  /** Whether existing people can still make it; never a queue entry that nobody can finish. */
  feasible: boolean;
  /** In words, what is missing: `1 more, from group:default/security`. */
  missing: string;
}

/**
 * Whether something is possible; the reason where it is not.
 *
 * @public
 */
export interface Choice {
  allowed: boolean;
  why?: string;
}
