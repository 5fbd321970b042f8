/**
 * Something about a policy file, where it stands and what to do.
 *
 * @public
 */
export interface PolicyProblem {
  /** A policy with an error is not used. */
  severity: 'error' | 'warning';
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  message: string;
  hint: string;
}
