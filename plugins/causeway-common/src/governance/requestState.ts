/**
 * State of a request.
 *
 * @public
 */
export const requestStates = [
  'pending',
  'approved',
  'running',
  'verifying',
  'succeeded',
  'refused',
  'manual',
  'denied',
  'expired',
  'withdrawn',
  'lapsed',
  'failed',
  'rolled-back',
  'unknown',
] as const;

/**
 * One of {@link requestStates}.
 *
 * @public
 */
export type RequestState = (typeof requestStates)[number];

/**
 * Type of an event of a request.
 *
 * @public
 */
export type RequestEventType =
  | 'Submitted'
  | 'RecommendationGenerated'
  | 'Assessed'
  | 'Refused'
  | 'HandedOver'
  | 'VoteCast'
  | 'VoteWithdrawn'
  | 'VotesVoided'
  | 'Approved'
  | 'Denied'
  | 'Withdrawn'
  | 'Expired'
  | 'Escalated'
  | 'Lapsed'
  | 'ReturnedToPending'
  | 'ExecutionStarted'
  | 'ExecutionWritten'
  | 'PhaseReached'
  | 'ExecutionComplete'
  | 'Verified'
  | 'VerificationFailed'
  | 'RolledBack'
  | 'RollbackSkipped'
  | 'ExecutionFailed'
  | 'OutcomeUnknown'
  | 'Reconciled'
  | 'FeedbackGiven';

/**
 * Something that happened to a request.
 *
 * @public
 */
export interface RequestEvent {
  seq: number;
  type: RequestEventType;
  /** Epoch milliseconds. */
  at: number;
  /** Who did it: a person, a subject, `policy/<rule>` or `gate`. */
  by: string;
  message: string;
}
