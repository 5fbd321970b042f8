import type { RequestState } from '@causeway/backstage-plugin-causeway-common';

/** States that somebody still has to do with, after approval. */
export const activeStates: RequestState[] = [
  'approved',
  'running',
  'verifying',
  'manual',
  'unknown',
];
