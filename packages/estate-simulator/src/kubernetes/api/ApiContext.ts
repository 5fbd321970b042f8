import { SimulatedCluster } from '../SimulatedCluster';
import { Timers } from '../Timers';

/** What the handlers of one cluster's API share. */
export interface ApiContext {
  cluster: SimulatedCluster;
  timers: Timers;
  bookmarkIntervalMs: number;
}

/** An answer that is complete at once. */
export interface ApiResponse {
  status: number;
  body: unknown;
}
