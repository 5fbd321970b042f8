/** Patience of those who carry requests out, in milliseconds. */
export interface ExecutionSettings {
  /** Between looks at what is due. */
  poll: number;
  /** How long a worker may be silent before another takes its work over. */
  lease: number;
  /** How long one write may take. */
  writeWithin: number;
  /** Between looks at whether a change worked. */
  verifyEvery: number;
  /** How long after the soak a change may still be on its way. */
  settleWithin: number;
}

export const defaultExecutionSettings: ExecutionSettings = {
  poll: 1_000,
  lease: 30_000,
  writeWithin: 60_000,
  verifyEvery: 2_000,
  settleWithin: 10 * 60_000,
};
