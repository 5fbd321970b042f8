import type {
  CostEstimate,
  PlannedQuantity,
} from '@causeway/backstage-plugin-causeway-common';
import type { OperationTarget } from '@causeway/backstage-plugin-causeway-node';
import { integer, record } from '../../../estate/sources/read';
import type { Prices } from '../config/parsePrices';
import { priceChange } from '../shared/price';
import { observedRequests } from './observedRequests';

/** What other requests of one container cost, over all pods of the workload. */
export function priceRequests(
  target: OperationTarget,
  quantities: readonly PlannedQuantity[],
  prices: Prices,
): CostEstimate {
  const pods = integer(record(target.observed.replicas)?.desired);
  const whose = `${target.kind} ${target.name}`;
  if (pods === undefined) {
    return {
      currency: prices.currency,
      parts: [],
      unknown: `How many pods ${whose} has is not known`,
    };
  }
  const before = observedRequests(target);
  const more = (name: string, amount: number | undefined) => {
    const quantity = quantities.find(one => one.name === name);
    return amount === undefined || !quantity
      ? amount
      : Math.max(0, amount - quantity.current + quantity.proposed);
  };
  return priceChange({
    before: { pods, ...before },
    after: {
      pods,
      cpu: more('cpuRequest', before.cpu),
      memory: more('memoryRequest', before.memory),
    },
    prices,
    whose,
  });
}
