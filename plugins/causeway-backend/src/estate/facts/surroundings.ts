import type { ProjectionConfig } from '../projection/config';
import type { Observed } from '../projection/model';
import type { RepositorySubject } from '../projection/repositories';
import { PlaceMap } from '../projection/PlaceMap';
import {
  placeKey,
  type SortedObservations,
} from '../projection/sortObservations';
import type { WorkloadSubject } from '../projection/subjects';
import type { FactSource } from './model';

/** A partition that tells of something. */
type Teller = Pick<FactSource, 'source' | 'partition'>;

/** The partitions beside that of a workload, by what they tell. */
export interface Siblings {
  autoscalers: Teller;
  budgets: Teller;
  networkPolicies: Teller;
}

/** What tells of a workload without being part of it. */
export interface Surroundings {
  /** The partitions that would tell of it, whether they do or not. */
  siblings(workload: WorkloadSubject): Siblings;
  autoscaler(
    workload: WorkloadSubject,
  ): Observed<'HorizontalPodAutoscaler'> | undefined;
  /** Those of its namespace. */
  budgets(
    workload: WorkloadSubject,
  ): readonly Observed<'PodDisruptionBudget'>[];
  /** Those of its namespace. */
  networkPolicies(
    workload: WorkloadSubject,
  ): readonly Observed<'NetworkPolicy'>[];
  /** Where its cluster reports on policies, if it does. */
  policyReports(workload: WorkloadSubject): Teller | undefined;
  /** What comes out of a repository, where that is read. */
  delivery(
    repository: RepositorySubject,
  ): Observed<'RepositoryDelivery'> | undefined;
  /** Whether any Argo CD is read, so that it can be told that none manages something. */
  hasArgocd: boolean;
}

/** What stands beside the workloads of one namespace. */
interface Place {
  autoscalers: Map<string, Observed<'HorizontalPodAutoscaler'>>;
  budgets: Observed<'PodDisruptionBudget'>[];
  networkPolicies: Observed<'NetworkPolicy'>[];
}

const none: readonly never[] = [];

/** Finds what stands beside workloads. That there is nothing is only known as far as the kind was read. */
export function indexSurroundings(
  observed: SortedObservations,
  config: ProjectionConfig,
): Surroundings {
  const places = new PlaceMap<Place>();
  const placeOf = ({
    source,
    data,
  }: {
    source: string;
    data: { meta: { namespace?: string } };
  }): Place =>
    places.of(source, data.meta.namespace ?? '', () => ({
      autoscalers: new Map(),
      budgets: [],
      networkPolicies: [],
    }));
  for (const one of observed.HorizontalPodAutoscaler) {
    const { kind, name } = one.data.target;
    placeOf(one).autoscalers.set(placeKey(kind.toLowerCase(), name), one);
  }
  for (const one of observed.PodDisruptionBudget) {
    placeOf(one).budgets.push(one);
  }
  for (const one of observed.NetworkPolicy) {
    placeOf(one).networkPolicies.push(one);
  }
  const reports = new Map(
    observed.PolicyReport.map(({ source, partition }) => [
      source,
      { source, partition },
    ]),
  );
  const deliveryKey = (
    source: string,
    { organization, name }: { organization: string; name: string },
  ) => placeKey(source, `${organization}/${name}`.toLowerCase());
  const deliveries = new Map(
    observed.RepositoryDelivery.map(one => [
      deliveryKey(one.source, one.data),
      one,
    ]),
  );
  const siblings = new Map<string, Siblings>();

  return {
    siblings({ source, partition }) {
      let own = siblings.get(partition);
      if (!own) {
        const scope = partition.slice(0, partition.lastIndexOf('/'));
        const sibling = (kind: string) => ({
          source,
          partition: `${scope}/${kind}`,
        });
        own = {
          autoscalers: sibling('horizontalpodautoscalers.autoscaling'),
          budgets: sibling('poddisruptionbudgets.policy'),
          networkPolicies: sibling('networkpolicies.networking.k8s.io'),
        };
        siblings.set(partition, own);
      }
      return own;
    },
    autoscaler: ({ cluster, namespace, objectKind, objectName }) =>
      places
        .get(cluster, namespace)
        ?.autoscalers.get(placeKey(objectKind, objectName)),
    budgets: ({ cluster, namespace }) =>
      places.get(cluster, namespace)?.budgets ?? none,
    networkPolicies: ({ cluster, namespace }) =>
      places.get(cluster, namespace)?.networkPolicies ?? none,
    policyReports: ({ source }) => reports.get(source),
    delivery: ({ source, data }) => deliveries.get(deliveryKey(source, data)),
    hasArgocd:
      observed.ArgoApplication.length > 0 ||
      Object.keys(config.argocd).length > 0,
  };
}
