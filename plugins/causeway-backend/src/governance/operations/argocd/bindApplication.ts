import type { JsonObject } from '@backstage/types';
import type { Binding, Plan } from '@causeway/backstage-plugin-causeway-common';
import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { type JsonRecord, record, text } from '../../../estate/sources/read';
import type { ApplicationAddress } from '../clients/ArgocdClients';
import type { PlanClients } from '../clients/PlanClients';
import { noSuchTarget, targetChanged } from '../clients/refusals';
import { hashCanonical } from '../../hashCanonical';
import { type ApplicationState, readState } from './applicationState';

/** What of an Application a plan reads. */
export type FieldsOf = (state: ApplicationState) => JsonObject;

/** Names the very Application that was observed. */
export async function bindApplication(options: {
  clients: PlanClients;
  target: OperationTarget;
  fields: FieldsOf;
  signal: AbortSignal;
}): Promise<Binding> {
  const { clients, target, fields, signal } = options;
  const source = sourceOf(clients, target);
  clients.access.requireCredentials('argocd', source);
  const address = targetAddress(target);
  const shown = `Application ${address.namespace}/${address.name} of ${source}`;
  const found = await clients.argocd(source, signal).findApplication(address);
  if (!found) {
    throw noSuchTarget(shown);
  }
  const state = readState(found);
  const observed = text(target.observed.uid, 64) ?? target.uid ?? '';
  if (observed === '' || state.uid !== observed) {
    throw targetChanged(
      `${shown} is another object than the one that was observed: it was deleted and made again`,
    );
  }
  if (record(found.metadata)?.deletionTimestamp !== undefined) {
    throw targetChanged(`${shown} is being deleted`);
  }
  return {
    source,
    sourceKind: 'argocd',
    address: clients.access.argocd(source).url,
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    namespace: address.namespace,
    name: address.name,
    uid: observed,
    fieldsHash: hashCanonical(fields(state)),
  };
}

/** An Application may have been read as a custom resource of a cluster; which instance it is of, the estate knows. */
function sourceOf({ access }: PlanClients, target: OperationTarget): string {
  const instance = text(target.observed.instance, 63);
  const source = [target.source, instance].find(
    id => id !== undefined && access.has(id, 'argocd'),
  );
  if (source === undefined) {
    throw new OperationRefusal({
      code: 'no-such-source',
      reason: `Application ${target.name} is not of an Argo CD whose API is configured`,
      hint: 'Whoever runs the portal adds url and token of that Argo CD to causeway.estate.sources.argocd',
    });
  }
  return source;
}

/** Name, namespace and project of a target, as they were observed. */
export function targetAddress(target: OperationTarget): ApplicationAddress {
  if (target.kind !== 'Application' && target.kind !== 'ArgoApplication') {
    throw new OperationRefusal({
      code: 'wrong-target-kind',
      reason: `${target.kind} ${target.name} is no Argo CD Application`,
      hint: 'Ask for an Argo CD application',
    });
  }
  return {
    name: target.name,
    namespace:
      text(target.observed.namespace, 253) ?? target.namespace ?? 'argocd',
    project: text(target.observed.project, 253) ?? 'default',
  };
}

/** The same of what was bound and planned. */
export function boundAddress(binding: Binding, plan: Plan): ApplicationAddress {
  return {
    name: binding.name,
    namespace: binding.namespace ?? 'argocd',
    project: plan.bound?.project ?? 'default',
  };
}

/** @throws OperationRefusal unless it is the same Application with the same fields */
export function requireSame(
  binding: Binding,
  found: JsonRecord | undefined,
  hash: string,
  fields: FieldsOf,
): ApplicationState {
  const shown = `Application ${binding.name} of ${binding.source}`;
  if (!found) {
    throw targetChanged(`${shown} is not there any more`);
  }
  const state = readState(found);
  if (state.uid !== binding.uid) {
    throw targetChanged(
      `${shown} is another object than the one that was approved: it was deleted and made again`,
    );
  }
  if (hashCanonical(fields(state)) !== hash) {
    throw targetChanged(
      `${shown} is not as it was when the change was planned: somebody changed or synced it in between`,
    );
  }
  return state;
}
