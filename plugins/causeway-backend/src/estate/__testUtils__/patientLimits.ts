import type { HttpLimits } from '../sources/http/HttpLimits';

/** Limits that a busy machine does not run into; a test of a timeout lowers them. */
export function patientLimits(): HttpLimits {
  return { request: 20_000, silence: 60_000 };
}
