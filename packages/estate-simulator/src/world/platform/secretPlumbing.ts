import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { ClusterName } from '../../seed/model';
import { FailureSeed, SecretsSeed } from '../../seed/platform/model';
import { condition } from '../condition';
import { installType } from '../installType';

const externalSecrets = 'external-secrets.io';
const categories = ['external-secrets'];
const byHand = { manager: 'kubectl-client-side-apply' };

/** What brings Secrets into one cluster. */
export function installSecretPlumbing(
  cluster: SimulatedCluster,
  { stores, external, sealed }: SecretsSeed,
): void {
  const here = <T extends { clusters: ClusterName[] }>(list: T[]) =>
    list.filter(one => one.clusters.includes(cluster.name as ClusterName));
  const served = { group: externalSecrets, version: 'v1', categories };
  installType(cluster, {
    ...served,
    kind: 'SecretStore',
    plural: 'secretstores',
  });
  installType(cluster, {
    ...served,
    kind: 'ClusterSecretStore',
    plural: 'clustersecretstores',
    cluster: true,
  });
  installType(cluster, {
    ...served,
    kind: 'ExternalSecret',
    plural: 'externalsecrets',
  });
  installType(cluster, {
    ...served,
    kind: 'ClusterExternalSecret',
    plural: 'clusterexternalsecrets',
    cluster: true,
  });
  const ready = (good: string, failure: FailureSeed | undefined) => ({
    conditions: [
      failure
        ? condition(cluster, 'Ready', false, failure.reason, failure.message)
        : condition(cluster, 'Ready', true, good),
    ],
  });

  for (const { name, namespace, provider, failure } of here(stores)) {
    cluster.apply(
      {
        apiVersion: `${externalSecrets}/v1`,
        kind: namespace ? 'SecretStore' : 'ClusterSecretStore',
        metadata: { name, ...(namespace && { namespace }) },
        spec: {
          provider: {
            [provider]: {
              server: 'https://CANARY-SERVER.meridian.example',
              path: 'CANARY-PATH',
            },
          },
        },
        status: ready('Valid', failure),
      },
      byHand,
    );
  }
  for (const one of here(external)) {
    const store = stores.find(({ name }) => name === one.store);
    const spec = {
      refreshInterval: '1h',
      secretStoreRef: {
        name: one.store,
        kind: store?.namespace ? 'SecretStore' : 'ClusterSecretStore',
      },
      target: {
        creationPolicy: 'Owner',
        ...(one.target && { name: one.target }),
      },
      data: one.keys.map(secretKey => ({
        secretKey,
        remoteRef: {
          key: `CANARY-REMOTE/${one.namespace}`,
          property: secretKey,
        },
      })),
    };
    const parent =
      one.spreadBy &&
      cluster.apply(
        {
          apiVersion: `${externalSecrets}/v1`,
          kind: 'ClusterExternalSecret',
          metadata: { name: one.spreadBy },
          spec: {
            externalSecretName: one.name,
            externalSecretSpec: spec,
            namespaceSelectors: [
              { matchLabels: { 'kubernetes.io/metadata.name': one.namespace } },
            ],
          },
          status: {
            ...ready('', undefined),
            externalSecretName: one.name,
            provisionedNamespaces: [one.namespace],
          },
        },
        byHand,
      );
    cluster.apply(
      {
        apiVersion: `${externalSecrets}/v1`,
        kind: 'ExternalSecret',
        metadata: {
          name: one.name,
          namespace: one.namespace,
          ...(parent && {
            ownerReferences: [
              {
                apiVersion: parent.apiVersion,
                kind: parent.kind,
                name: parent.metadata.name,
                uid: parent.metadata.uid!,
                controller: true,
              },
            ],
          }),
        },
        spec,
        status: ready(
          'SecretSynced',
          one.failures?.[cluster.name as ClusterName],
        ),
      },
      parent ? { manager: 'external-secrets' } : byHand,
    );
  }
  if (here(sealed).length === 0) {
    return;
  }
  installType(cluster, {
    group: 'bitnami.com',
    version: 'v1alpha1',
    kind: 'SealedSecret',
    plural: 'sealedsecrets',
  });
  for (const { name, namespace, keys } of here(sealed)) {
    cluster.apply(
      {
        apiVersion: 'bitnami.com/v1alpha1',
        kind: 'SealedSecret',
        metadata: { name, namespace },
        spec: {
          encryptedData: Object.fromEntries(
            keys.map(key => [key, `CANARY-SEALED-${key}`]),
          ),
          template: { metadata: { name, namespace } },
        },
        status: {
          conditions: [condition(cluster, 'Synced', true, '')],
          observedGeneration: 1,
        },
      },
      byHand,
    );
  }
}
