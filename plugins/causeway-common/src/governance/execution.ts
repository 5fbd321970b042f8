/**
 * One attempt to carry out an approved request.
 *
 * @public
 */
export interface Execution {
  attempt: number;
  /** Epoch milliseconds. */
  startedAt: number;
  writtenAt?: number;
  finishedAt?: number;
  /** `running`, then what came of it. */
  state:
    | 'running'
    | 'verifying'
    | 'succeeded'
    | 'failed'
    | 'rolled-back'
    | 'unknown';
  message?: string;
  verification?: {
    checkedAt: number;
    message: string;
    soakUntil: number;
    /** How far it has come and when, where it goes a way with names: `opened`, `merged`. */
    phases?: { name: string; at: number }[];
    /** Until when it may be on its way; what is not there by then has failed. */
    settleBy?: number;
  };
  rollback?: {
    at: number;
    done: boolean;
    message: string;
  };
}

/**
 * Whether a recommendation was right, told afterwards by somebody outside the
 * requester set.
 *
 * @public
 */
export interface Feedback {
  by: string;
  at: number;
  verdict: 'right' | 'wrong' | 'unnecessary';
  comment?: string;
  /** Whether it counts for the agent's record; the first of a target and day does. */
  counts: boolean;
}

/**
 * How often an agent was right: n of N with a lower bound at 95 %.
 *
 * @public
 */
export interface AgentRecord {
  agent: string;
  operation: string;
  environment?: string;
  right: number;
  of: number;
  /** 0 to 1; absent below the least number of samples. */
  lowerBound?: number;
  /** Samples that it takes to say anything. */
  minimum: number;
}
