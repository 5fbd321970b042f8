import type {
  CostEstimate,
  PlannedChange,
} from '@causeway/backstage-plugin-causeway-common';
import {
  integer,
  type JsonRecord,
  record,
  text,
} from '../../../estate/sources/read';
import type { Prices } from '../config/parsePrices';
import { parseState } from '../kubernetes/readApplication';
import { containersOf, podRequestOf } from '../kubernetes/workloads';
import { hourly } from '../shared/price';

const scaled = new Set(['Deployment', 'StatefulSet', 'Rollout']);

/** A workload as it is and as a sync makes it; absent before it is made, or after it is pruned. */
interface Compared {
  kind: string;
  name: string;
  before?: JsonRecord;
  after?: JsonRecord;
}

/** Workloads among an application's resources; others have neither pods nor a price here. */
function compare(managed: readonly JsonRecord[], prune: boolean): Compared[] {
  return managed
    .filter(({ kind }) => scaled.has(String(kind)) || kind === 'DaemonSet')
    .map(({ kind, name, liveState, targetState, predictedLiveState }) => {
      const before = parseState(liveState);
      const wanted = parseState(targetState);
      const after = wanted
        ? { ...wanted, ...parseState(predictedLiveState) }
        : before;
      return {
        kind: String(kind),
        name: text(name, 253) ?? '?',
        before,
        after: wanted || !prune ? after : undefined,
      };
    });
}

const replicasOf = (object: JsonRecord | undefined) =>
  integer(record(object?.spec)?.replicas);

/** What a sync changes about workloads: images and numbers of pods. */
export function workloadChanges(
  managed: readonly JsonRecord[],
  prune: boolean,
): PlannedChange[] {
  return compare(managed, prune).flatMap(({ kind, name, before, after }) => {
    const at = `${kind}/${name}`;
    const changes: PlannedChange[] = [];
    if (before && after) {
      const [was, will] = [replicasOf(before), replicasOf(after)];
      if (will !== undefined && was !== will) {
        changes.push({
          path: `${at}.spec.replicas`,
          label: `Replicas of ${name}`,
          ...(was !== undefined && { before: was }),
          after: will,
          unit: 'pods',
        });
      }
      const images = new Map(
        containersOf(before).map(one => [one.name, text(one.image, 512)]),
      );
      for (const container of containersOf(after)) {
        const image = text(container.image, 512);
        const former = images.get(container.name);
        if (image !== undefined && image !== former) {
          changes.push({
            path: `${at}.image[${text(container.name, 63)}]`,
            label: `Image of ${name}`,
            ...(former !== undefined && { before: former }),
            after: image,
          });
        }
      }
    }
    return changes;
  });
}

/** What a sync changes about the cost of an application's workloads. */
export function priceSync(
  managed: readonly JsonRecord[],
  prune: boolean,
  prices: Prices,
): CostEstimate {
  const total = { before: 0, after: 0 };
  const { currency } = prices;
  for (const { kind, name, before, after } of compare(managed, prune)) {
    const cpu = (object: JsonRecord) =>
      podRequestOf(containersOf(object), 'cpu');
    const memory = (object: JsonRecord) =>
      podRequestOf(containersOf(object), 'memory');
    const price = (object: JsonRecord | undefined) =>
      object === undefined
        ? 0
        : hourly(
            {
              // What Git does not say stays as it is.
              pods:
                kind === 'DaemonSet'
                  ? (integer(
                      record((before ?? object).status)?.desiredNumberScheduled,
                    ) ?? NaN)
                  : (replicasOf(object) ?? replicasOf(before) ?? 1),
              cpu: cpu(object),
              memory: memory(object),
            },
            prices,
          );
    const [was, will] = [price(before), price(after)];
    if (was === undefined || will === undefined) {
      return {
        currency,
        parts: [],
        unknown: `How many pods of ${kind} ${name} there are and what each requests is not known`,
      };
    }
    total.before += was;
    total.after += will;
  }
  const rounded = (value: number) => Number(value.toFixed(6));
  return {
    currency,
    before: rounded(total.before),
    after: rounded(total.after),
    delta: rounded(total.after - total.before),
    parts: [
      {
        what: 'CPU and memory that the application’s workloads request, afterwards',
        quantity: 1,
        unit: 'application',
        price: rounded(total.after),
        amount: rounded(total.after),
      },
    ],
  };
}
