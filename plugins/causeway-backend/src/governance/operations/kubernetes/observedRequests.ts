import type { OperationTarget } from '@causeway/backstage-plugin-causeway-node';
import { record, records } from '../../../estate/sources/read';

/**
 * What one pod of a workload requests, as it was observed; a limit counts
 * where a container requests nothing, as in Kubernetes. Unknown where one
 * container says neither: a sum without it would be a lie.
 */
export function observedRequests({ observed }: OperationTarget): {
  cpu?: number;
  memory?: number;
} {
  const containers = records(observed.containers, 64);
  const sum = (what: 'cpu' | 'memory') => {
    let total = 0;
    for (const { requests, limits } of containers) {
      const own = record(requests)?.[what] ?? record(limits)?.[what];
      if (typeof own !== 'number') {
        return undefined;
      }
      total += own;
    }
    return containers.length ? Number(total.toPrecision(15)) : undefined;
  };
  return { cpu: sum('cpu'), memory: sum('memory') };
}
