import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Caller } from './Principal';

/** One call of the gate: who calls, and the credentials that permissions are checked with. */
export interface Call {
  caller: Caller;
  credentials: BackstageCredentials;
}
