import type { Observed } from '../projection/model';
import type { RepositorySubject } from '../projection/repositories';
import { placeKey } from '../projection/sortObservations';
import type { WorkloadSubject } from '../projection/subjects';
import type { World } from '../projection/World';

/** What was found beside a workload, and the partition that would have told of it. */
interface Found<T> {
  source: string;
  partition: string;
  found: T;
}

/** What tells of a workload without being part of it. */
export interface Surroundings {
  of(workload: WorkloadSubject): {
    autoscaler: Found<Observed<'HorizontalPodAutoscaler'> | undefined>;
    /** Those of its namespace. */
    budgets: Found<readonly Observed<'PodDisruptionBudget'>[]>;
    /** Those of its namespace. */
    networkPolicies: Found<readonly Observed<'NetworkPolicy'>[]>;
    /** Where its cluster reports on policies, if it does. */
    policyReports?: { source: string; partition: string };
  };
  /** What comes out of a repository, where that is read. */
  delivery(
    repository: RepositorySubject,
  ): Observed<'RepositoryDelivery'> | undefined;
  /** Whether any Argo CD is read, so that it can be told that none manages something. */
  hasArgocd: boolean;
}

/** Partitions of the same scope, by kind. */
interface Siblings {
  autoscalers: string;
  budgets: string;
  networkPolicies: string;
}

const none: readonly never[] = [];

function groupByNamespace<
  T extends { source: string; data: { meta: { namespace?: string } } },
>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = placeKey(one.source, one.data.meta.namespace ?? '');
    const group = groups.get(key) ?? [];
    group.push(one);
    groups.set(key, group);
  }
  return groups;
}

/** Finds what stands beside workloads. That there is nothing is only known as far as the kind was read. */
export function indexSurroundings({ observed, config }: World): Surroundings {
  const autoscalers = new Map(
    observed.HorizontalPodAutoscaler.map(one => [
      placeKey(
        one.source,
        one.data.meta.namespace ?? '',
        one.data.target.kind.toLowerCase(),
        one.data.target.name,
      ),
      one,
    ]),
  );
  const budgets = groupByNamespace(observed.PodDisruptionBudget);
  const networkPolicies = groupByNamespace(observed.NetworkPolicy);
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
  const siblingsOf = (partition: string): Siblings => {
    let own = siblings.get(partition);
    if (!own) {
      const scope = partition.slice(0, partition.lastIndexOf('/'));
      own = {
        autoscalers: `${scope}/horizontalpodautoscalers.autoscaling`,
        budgets: `${scope}/poddisruptionbudgets.policy`,
        networkPolicies: `${scope}/networkpolicies.networking.k8s.io`,
      };
      siblings.set(partition, own);
    }
    return own;
  };

  return {
    of({ source, partition, namespace, objectKind, objectName }) {
      const beside = siblingsOf(partition);
      const place = [source, namespace] as const;
      return {
        autoscaler: {
          source,
          partition: beside.autoscalers,
          found: autoscalers.get(placeKey(...place, objectKind, objectName)),
        },
        budgets: {
          source,
          partition: beside.budgets,
          found: budgets.get(placeKey(...place)) ?? none,
        },
        networkPolicies: {
          source,
          partition: beside.networkPolicies,
          found: networkPolicies.get(placeKey(...place)) ?? none,
        },
        policyReports: reports.get(source),
      };
    },
    delivery: ({ source, data }) => deliveries.get(deliveryKey(source, data)),
    hasArgocd:
      observed.ArgoApplication.length > 0 ||
      Object.keys(config.argocd).length > 0,
  };
}
