import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { ClusterSeed, CompanySeed } from '../../seed/model';
import { installCrossplane } from './crossplane';
import { installKagent } from './kagent';
import { denyByDefault } from './networkPolicies';
import { installSecretPlumbing } from './secretPlumbing';

/** Brings into a cluster what the platform adds to Kubernetes itself. */
export function installPlatform(
  company: CompanySeed,
  seed: ClusterSeed,
  cluster: SimulatedCluster,
): void {
  const { platform } = company;
  if (!platform) {
    return;
  }
  denyByDefault(company, seed, cluster);
  installCrossplane(cluster, platform.crossplane);
  installSecretPlumbing(cluster, platform.secrets);
  installKagent(cluster, company, platform.kagent);
}
