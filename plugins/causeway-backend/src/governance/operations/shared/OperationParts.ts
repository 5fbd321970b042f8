import type { PlanClients } from '../clients/PlanClients';
import type { WriteClients } from '../clients/WriteClients';
import type { Prices } from '../config/parsePrices';
import type { Pause } from './Pause';

/** What built-in operations are made of. */
export interface OperationParts {
  /** For bind, plan, estimate and verify. */
  plan: PlanClients;
  /** For execute and rollback only. */
  write: WriteClients;
  prices: Prices;
  pause: Pause;
  /** Address of the portal without a slash at the end, for links to it; absent where it is not configured. */
  portal?: string;
  /** Epoch milliseconds. */
  now: () => number;
}
