import type { CostEstimate } from '@causeway/backstage-plugin-causeway-common';
import type { OperationTarget } from '@causeway/backstage-plugin-causeway-node';
import { isDeepStrictEqual } from 'node:util';
import { integer, type JsonRecord, record } from '../../../estate/sources/read';
import type { Prices } from '../config/parsePrices';
import {
  containersOf,
  isWorkloadKind,
  podRequestOf,
} from '../kubernetes/workloads';
import { noCost, type PodRequests, priceChange } from '../shared/price';
import { nameOf } from './editYaml';
import type { PlannedFile } from './plannedFiles';

/** Kinds that cost nothing by the prices that there are. */
const free = new Set([
  'ConfigMap',
  'HTTPRoute',
  'Ingress',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Service',
  'ServiceAccount',
]);

/** What the objects of the changed files cost more or less. */
export function priceFiles(
  planned: readonly PlannedFile[],
  target: OperationTarget,
  prices: Prices,
): CostEstimate {
  let total = noCost(prices);
  for (const { file, edited } of planned) {
    for (const document of new Set(edited.values.map(one => one.document))) {
      const one = priceObject(edited.before[document], edited.after[document], {
        path: file.path,
        target,
        prices,
      });
      if (one.unknown !== undefined) {
        return one;
      }
      total = add(total, one);
    }
  }
  return total;
}

function priceObject(
  before: JsonRecord,
  after: JsonRecord,
  {
    path,
    target,
    prices,
  }: { path: string; target: OperationTarget; prices: Prices },
): CostEstimate {
  const named = nameOf(before);
  if (named && free.has(named.kind)) {
    return noCost(prices);
  }
  if (!named || !isWorkloadKind(named.kind)) {
    return {
      currency: prices.currency,
      parts: [],
      unknown: `What ${path} makes of the change in a cluster cannot be told from the file`,
    };
  }
  const own = named.kind === target.kind && named.name === target.name;
  const live = own
    ? integer(record(target.observed.replicas)?.desired)
    : undefined;
  const [was, is] = [before, after].map(object => requestsOf(object, live));
  if (isDeepStrictEqual(was, is)) {
    return noCost(prices);
  }
  const whose = `${named.kind} ${named.name}`;
  if (was.pods === undefined || is.pods === undefined) {
    return {
      currency: prices.currency,
      parts: [],
      unknown: `How many pods ${whose} has is not known`,
    };
  }
  return priceChange({
    before: { ...was, pods: was.pods },
    after: { ...is, pods: is.pods },
    prices,
    whose,
  });
}

/** Where Git leaves the number of pods to the cluster, those that run count. */
function requestsOf(
  object: JsonRecord,
  live: number | undefined,
): Omit<PodRequests, 'pods'> & { pods?: number } {
  const containers = containersOf(object);
  return {
    pods: integer(record(object.spec)?.replicas) ?? live,
    cpu: podRequestOf(containers, 'cpu'),
    memory: podRequestOf(containers, 'memory'),
  };
}

function add(a: CostEstimate, b: CostEstimate): CostEstimate {
  const sum = (x = 0, y = 0) => Number((x + y).toFixed(6));
  return {
    currency: a.currency,
    before: sum(a.before, b.before),
    after: sum(a.after, b.after),
    delta: sum(a.delta, b.delta),
    parts: [...a.parts, ...b.parts],
  };
}
