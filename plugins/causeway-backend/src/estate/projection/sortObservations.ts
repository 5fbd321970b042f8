import type { Observed } from './model';
import type { ObservedKind, Observation } from '../observations/model';
import { compareText } from './compare';

type ByKind = { [K in ObservedKind]: Observed<K>[] };

const kinds: Record<ObservedKind, true> = {
  Cluster: true,
  Namespace: true,
  Workload: true,
  Service: true,
  Ingress: true,
  Gateway: true,
  Route: true,
  GatewayClass: true,
  ReferenceGrant: true,
  HorizontalPodAutoscaler: true,
  PodDisruptionBudget: true,
  NetworkPolicy: true,
  CrossplaneDefinition: true,
  CrossplaneResource: true,
  SecretStore: true,
  ExternalSecret: true,
  SealedSecret: true,
  PolicyReport: true,
  Agent: true,
  ToolServer: true,
  ConfiguredObject: true,
  ArgoApplication: true,
  ArgoProject: true,
  ArgoApplicationSet: true,
  KargoProject: true,
  KargoWarehouse: true,
  KargoStage: true,
  KargoFreight: true,
  KargoPromotion: true,
  Repository: true,
  RepositoryDelivery: true,
  Team: true,
  Claim: true,
};

/**
 * The observations by kind, each kind in a fixed order: whatever order they
 * came in, all that follows is the same.
 */
export function sortObservations(observations: Iterable<Observation>): ByKind {
  const byKind = Object.fromEntries(
    Object.keys(kinds).map(kind => [kind, []]),
  ) as unknown as Record<ObservedKind, Observation[]>;
  for (const observation of observations) {
    byKind[observation.kind]?.push(observation);
  }
  for (const list of Object.values(byKind)) {
    list.sort(inOrder);
  }
  return byKind as unknown as ByKind;
}

function inOrder(a: Observation, b: Observation): number {
  return compareText(a.partition, b.partition) || compareText(a.key, b.key);
}

/** The observations of an estate, by kind and in order. */
export type SortedObservations = ByKind;

/** A key for maps over things in a cluster; names of Kubernetes hold no U+0000. */
export function placeKey(...parts: string[]): string {
  return parts.join('\0');
}
