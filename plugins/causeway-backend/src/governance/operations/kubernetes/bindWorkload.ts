import type { JsonObject } from '@backstage/types';
import type { Binding } from '@causeway/backstage-plugin-causeway-common';
import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { type JsonRecord, record, text } from '../../../estate/sources/read';
import type { PlanClients } from '../clients/PlanClients';
import { noSuchTarget, targetChanged } from '../clients/refusals';
import { hashCanonical } from '../../hashCanonical';
import {
  apiVersionOf,
  isWorkloadKind,
  uidOf,
  type WorkloadKind,
  workloadPath,
} from './workloads';

/** What of a workload a plan reads. */
export type FieldsOf = (live: JsonRecord) => JsonObject;

/**
 * What a binding was made of, for the plan that is made of it right away: both
 * tell of one moment. A binding that was stored has none, and is read anew.
 */
const boundJustNow = new WeakMap<Binding, JsonRecord>();

/** Place of a workload, of a binding or a target. */
export function placeOf(place: {
  kind: string;
  namespace?: string;
  name: string;
}): { kind: WorkloadKind; namespace: string; name: string } {
  if (!isWorkloadKind(place.kind) || !place.namespace) {
    throw new OperationRefusal({
      code: 'wrong-target-kind',
      reason: `${place.kind} ${place.name} is no workload that this operation works on`,
      hint: 'Ask for a Deployment, StatefulSet, DaemonSet or Rollout of a namespace',
    });
  }
  return { kind: place.kind, namespace: place.namespace, name: place.name };
}

/** Names the very object that was observed; refuses when another one is in its place. */
export async function bindWorkload(options: {
  clients: PlanClients;
  kinds: readonly WorkloadKind[];
  target: OperationTarget;
  fields: FieldsOf;
  signal: AbortSignal;
}): Promise<Binding> {
  const { clients, target, kinds, fields, signal } = options;
  const place = placeOf(target);
  if (!kinds.includes(place.kind)) {
    throw new OperationRefusal({
      code: 'wrong-target-kind',
      reason: `${target.kind} ${target.name} is no ${kinds.join(', ')}`,
      hint: `Ask for a ${kinds.join(' or a ')}`,
    });
  }
  clients.access.requireCredentials('kubernetes', target.source);
  const observed =
    text(record(target.observed.meta)?.uid, 64) ?? target.uid ?? '';
  return clients.kubernetes(target.source, signal, async client => {
    const shown = `${place.kind} ${place.namespace}/${place.name} of ${target.source}`;
    const live = await client.find(workloadPath(place));
    if (!live) {
      throw noSuchTarget(shown);
    }
    if (observed === '' || uidOf(live) !== observed) {
      throw targetChanged(
        `${shown} is another object than the one that was observed: it was deleted and made again`,
      );
    }
    if (record(live.metadata)?.deletionTimestamp !== undefined) {
      throw targetChanged(`${shown} is being deleted`);
    }
    const binding: Binding = {
      source: target.source,
      sourceKind: 'kubernetes',
      address: await addressOf(clients, target.source),
      apiVersion: apiVersionOf(place.kind),
      ...place,
      uid: observed,
      fieldsHash: hashCanonical(fields(live)),
    };
    boundJustNow.set(binding, live);
    return binding;
  });
}

async function addressOf(clients: PlanClients, source: string) {
  const connection = await clients.access
    .reading(clients.access.kubernetes(source))
    .acquire();
  try {
    return connection.server;
  } finally {
    connection.close();
  }
}

/** What is bound, held against the binding: read once more, unless it was bound just now. */
export async function readBound(options: {
  client: { find(path: string): Promise<JsonRecord | undefined> };
  binding: Binding;
  fields: FieldsOf;
}): Promise<JsonRecord> {
  const { client, binding, fields } = options;
  const live =
    boundJustNow.get(binding) ??
    (await client.find(workloadPath(placeOf(binding))));
  boundJustNow.delete(binding);
  requireSame(binding, live, binding.fieldsHash, fields);
  return live;
}

/** @throws OperationRefusal unless it is the same object with the same fields */
export function requireSame(
  binding: Binding,
  live: JsonRecord | undefined,
  hash: string,
  fields: FieldsOf,
): asserts live is JsonRecord {
  const shown = `${binding.kind} ${binding.namespace}/${binding.name} of ${binding.source}`;
  if (!live) {
    throw targetChanged(`${shown} is not there any more`);
  }
  if (uidOf(live) !== binding.uid) {
    throw targetChanged(
      `${shown} is another object than the one that was approved: it was deleted and made again`,
    );
  }
  if (hashCanonical(fields(live)) !== hash) {
    throw targetChanged(
      `${shown} is not as it was when the change was planned: somebody changed it in between`,
    );
  }
}
