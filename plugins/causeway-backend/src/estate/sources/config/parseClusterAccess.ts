import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterAccess } from './SourceConfig';
import { checkAddress, parseAddress } from './parseAddress';

const ways = ['kubeconfig', 'inCluster', 'backstageCluster', 'url'];

/** How a Kubernetes source finds its API server: exactly one of four ways. */
export function parseClusterAccess(
  root: Config,
  config: Config,
): ClusterAccess {
  const given = ways.filter(
    way => config.has(way) && config.getOptional(way) !== false,
  );
  if (given.length !== 1) {
    throw new InputError(
      `exactly one of ${ways.join(', ')} must be given, found ${given.join(' and ') || 'none'}`,
    );
  }
  switch (given[0]) {
    case 'kubeconfig':
      return {
        type: 'kubeconfig',
        file: config.getString('kubeconfig.file'),
        context: config.getOptionalString('kubeconfig.context'),
      };
    case 'inCluster':
      return { type: 'inCluster' };
    case 'backstageCluster':
      return findBackstageCluster(root, config.getString('backstageCluster'));
    default:
      return {
        type: 'address',
        url: parseAddress(config, 'url'),
        token: config.getOptionalString('token'),
        caData: config.getOptionalString('caData'),
        caFile: config.getOptionalString('caFile'),
      };
  }
}

/** A cluster of Backstage's own Kubernetes configuration, as far as it stands there in full. */
function findBackstageCluster(root: Config, name: string): ClusterAccess {
  const clusters = (
    root.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  )
    .filter(method => method.getOptionalString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? []);
  const cluster = clusters.find(one => one.getOptionalString('name') === name);
  if (!cluster) {
    throw new InputError(
      `backstageCluster '${name}' is not in kubernetes.clusterLocatorMethods with type config`,
    );
  }
  const provider = cluster.getOptionalString('authProvider');
  if (provider !== 'serviceAccount') {
    throw new InputError(
      `backstageCluster '${name}' has authProvider '${provider}', only serviceAccount has credentials of its own: use kubeconfig, inCluster or url instead`,
    );
  }
  const token = cluster.getOptionalString('serviceAccountToken');
  if (!token) {
    // What Backstage does: without a token, the pod's own service account.
    return { type: 'inCluster' };
  }
  return {
    type: 'address',
    url: checkAddress(cluster.getString('url'), `backstageCluster '${name}'`),
    token,
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify'),
  };
}
