import { stringify } from 'yaml';

/** One cluster in a kubeconfig. */
export interface KubeconfigCluster {
  /** Name of cluster, user and context. */
  name: string;
  /** Address of the API server; a path is allowed. */
  server: string;
  token: string;
  /** PEM of the authority to trust; absent for plain HTTP. */
  caCertificate?: string;
}

/** Writes a kubeconfig with one context a cluster; the first is the current one. */
export function createKubeconfig(options: {
  clusters: KubeconfigCluster[];
}): string {
  const { clusters } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: clusters.map(({ name, server, caCertificate }) => ({
      name,
      cluster: {
        server,
        ...(caCertificate
          ? {
              'certificate-authority-data':
                Buffer.from(caCertificate).toString('base64'),
            }
          : {}),
      },
    })),
    users: clusters.map(({ name, token }) => ({ name, user: { token } })),
    contexts: clusters.map(({ name }) => ({
      name,
      context: { cluster: name, user: name },
    })),
    'current-context': clusters[0]?.name ?? '',
  });
}
