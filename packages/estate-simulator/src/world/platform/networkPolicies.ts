import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { ClusterSeed, CompanySeed } from '../../seed/model';

/** In production nothing comes into a team's namespace that is not let in. */
export function denyByDefault(
  company: CompanySeed,
  seed: ClusterSeed,
  cluster: SimulatedCluster,
): void {
  if (seed.environment !== 'production') {
    return;
  }
  for (const { name: namespace, clusters } of company.namespaces) {
    if (clusters.includes(seed.name)) {
      cluster.apply(
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'deny-by-default', namespace },
          spec: { podSelector: {}, policyTypes: ['Ingress'] },
        },
        { manager: 'kubectl-client-side-apply' },
      );
    }
  }
}
