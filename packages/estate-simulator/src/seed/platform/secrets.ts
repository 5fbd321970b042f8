import { clusters } from '../clusters';
import type { SecretsSeed } from './model';

const everywhere = clusters.map(cluster => cluster.name);

/** Where the Secrets of the clusters come from. */
export const secrets: SecretsSeed = {
  stores: [
    { name: 'vault', provider: 'vault', clusters: everywhere },
    {
      name: 'card-hsm',
      namespace: 'payments',
      provider: 'webhook',
      clusters: ['production-eu'],
      failure: {
        reason: 'InvalidProviderConfig',
        message: 'unable to validate store: connection refused',
      },
    },
  ],
  external: [
    {
      name: 'payments-credentials',
      namespace: 'payments',
      store: 'vault',
      keys: ['password'],
      clusters: everywhere,
    },
    {
      name: 'card-keys',
      namespace: 'payments',
      target: 'card-processor-keys',
      store: 'card-hsm',
      keys: ['current', 'previous'],
      clusters: ['production-eu'],
      failures: {
        'production-eu': {
          reason: 'SecretSyncedError',
          message: 'could not get secret data from provider',
        },
      },
    },
    {
      name: 'registry-pull',
      namespace: 'edge',
      store: 'vault',
      keys: ['.dockerconfigjson'],
      clusters: ['production-us'],
      spreadBy: 'registry-pull',
    },
  ],
  sealed: [
    {
      name: 'shop-credentials',
      namespace: 'shop',
      keys: ['password', 'username'],
      clusters: ['staging', 'production-eu'],
    },
  ],
};
