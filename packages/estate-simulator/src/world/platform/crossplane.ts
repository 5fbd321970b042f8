import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { KubernetesObject } from '../../kubernetes/model';
import { ClusterName } from '../../seed/model';
import {
  ComposedSeed,
  CrossplaneSeed,
  DefinitionSeed,
  InstanceSeed,
} from '../../seed/platform/model';
import { composedName, compositeName } from '../../seed/platform/names';
import { condition } from '../condition';
import { installType } from '../installType';

const crossplane = { manager: 'crossplane' };
const provider = { manager: 'provider-aws' };

/** Crossplane in one cluster, with what is defined and claimed there. */
export function installCrossplane(
  cluster: SimulatedCluster,
  seed: CrossplaneSeed,
): void {
  if (!seed.clusters.includes(cluster.name as ClusterName)) {
    return;
  }
  const categories = ['crossplane'];
  const own = { group: 'apiextensions.crossplane.io', cluster: true };
  installType(cluster, {
    ...own,
    version: 'v1',
    kind: 'CompositeResourceDefinition',
    plural: 'compositeresourcedefinitions',
    categories,
  });
  installType(cluster, {
    ...own,
    version: 'v1',
    kind: 'Composition',
    plural: 'compositions',
    categories,
  });
  for (const definition of seed.definitions) {
    define(cluster, seed.group, definition);
  }
  for (const instance of seed.instances) {
    if (instance.clusters.includes(cluster.name as ClusterName)) {
      const definition = seed.definitions.find(
        ({ kind }) => kind === instance.definition,
      )!;
      compose(cluster, seed.group, definition, instance);
    }
  }
}

function define(
  cluster: SimulatedCluster,
  group: string,
  { kind, plural, claim, composes }: DefinitionSeed,
): void {
  const name = `${plural}.${group}`;
  cluster.apply(
    {
      apiVersion: 'apiextensions.crossplane.io/v1',
      kind: 'CompositeResourceDefinition',
      metadata: { name },
      spec: {
        group,
        names: { kind, plural },
        ...(claim
          ? { claimNames: claim, scope: 'LegacyCluster' }
          : { scope: 'Namespaced' }),
        versions: [{ name: 'v1alpha1', served: true, referenceable: true }],
      },
      status: {
        conditions: [
          condition(cluster, 'Established', true, 'WatchingCompositeResource'),
          ...(claim
            ? [
                condition(
                  cluster,
                  'Offered',
                  true,
                  'WatchingCompositeResourceClaim',
                ),
              ]
            : []),
        ],
      },
    },
    { manager: 'kubectl-client-side-apply' },
  );
  cluster.apply(
    {
      apiVersion: 'apiextensions.crossplane.io/v1',
      kind: 'Composition',
      metadata: { name },
      spec: {
        compositeTypeRef: { apiVersion: `${group}/v1alpha1`, kind },
        mode: 'Pipeline',
      },
    },
    { manager: 'kubectl-client-side-apply' },
  );
  const served = { group, version: 'v1alpha1' };
  installType(cluster, {
    ...served,
    kind,
    plural,
    cluster: claim !== undefined,
    categories: ['composite'],
  });
  if (claim) {
    installType(cluster, { ...served, ...claim, categories: ['claim'] });
  }
  for (const composed of composes) {
    installType(cluster, {
      ...composed,
      version: 'v1beta1',
      cluster: claim !== undefined,
      categories: ['crossplane', 'managed', 'aws'],
    });
  }
}

/** An instance with all that Crossplane makes of it. */
function compose(
  cluster: SimulatedCluster,
  group: string,
  definition: DefinitionSeed,
  instance: InstanceSeed,
): void {
  const { claim, kind, composes } = definition;
  const failure = instance.failures?.[cluster.name as ClusterName];
  const ready = failure
    ? condition(
        cluster,
        'Ready',
        false,
        'Creating',
        'Unready resources: instance',
      )
    : condition(cluster, 'Ready', true, 'Available');
  const conditions = [
    condition(cluster, 'Synced', true, 'ReconcileSuccess'),
    ready,
    ...(instance.conditions ?? []).map(({ type, status, reason }) =>
      condition(cluster, type, status, reason),
    ),
  ];
  const apiVersion = `${group}/v1alpha1`;
  const secret = instance.connectionSecret && {
    writeConnectionSecretToRef: { name: instance.connectionSecret },
  };
  const name = compositeName(cluster.name, definition, instance);
  const refs = composes.map(one => ({
    apiVersion: `${one.group}/v1beta1`,
    kind: one.kind,
    name: composedName(cluster.name, definition, instance, one),
  }));
  const compositionRef = { name: `${definition.plural}.${group}` };
  let owner: KubernetesObject;
  if (claim) {
    cluster.apply(
      {
        apiVersion,
        kind: claim.kind,
        metadata: { name: instance.name, namespace: instance.namespace },
        spec: {
          compositionRef,
          resourceRef: { apiVersion, kind, name },
          parameters: { storageGB: 200, note: 'CANARY-PARAMETER' },
          ...secret,
        },
        status: { conditions },
      },
      crossplane,
    );
    owner = cluster.apply(
      {
        apiVersion,
        kind,
        metadata: {
          name,
          labels: {
            'crossplane.io/claim-name': instance.name,
            'crossplane.io/claim-namespace': instance.namespace,
          },
        },
        spec: {
          claimRef: {
            apiVersion,
            kind: claim.kind,
            name: instance.name,
            namespace: instance.namespace,
          },
          compositionRef,
          resourceRefs: refs,
        },
        status: { conditions },
      },
      crossplane,
    );
  } else {
    owner = cluster.apply(
      {
        apiVersion,
        kind,
        metadata: { name, namespace: instance.namespace },
        spec: { crossplane: { compositionRef, resourceRefs: refs } },
        status: { conditions },
      },
      crossplane,
    );
  }
  composes.forEach((composed, index) =>
    manage(cluster, {
      composed,
      name: refs[index].name,
      owner,
      namespace: claim ? undefined : instance.namespace,
      // The first one is what fails.
      failure: index === 0 ? failure : undefined,
    }),
  );
}

function manage(
  cluster: SimulatedCluster,
  options: {
    composed: ComposedSeed;
    name: string;
    namespace?: string;
    owner: KubernetesObject;
    failure?: { reason: string; message: string };
  },
): void {
  const { composed, name, namespace, owner, failure } = options;
  cluster.apply(
    {
      apiVersion: `${composed.group}/v1beta1`,
      kind: composed.kind,
      metadata: {
        name,
        ...(namespace && { namespace }),
        annotations: { 'crossplane.io/external-name': name },
        labels: { 'crossplane.io/composite': owner.metadata.name },
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: owner.metadata.uid!,
            controller: true,
          },
        ],
      },
      spec: {
        forProvider: {
          region: 'eu-central-1',
          ...(composed.endpoint && { engine: 'postgres' }),
        },
        providerConfigRef: { name: 'default' },
      },
      status: {
        atProvider: composed.endpoint
          ? { endpoint: `${name}.rds.meridian.example:5432` }
          : {},
        conditions: [
          failure
            ? condition(
                cluster,
                'Synced',
                false,
                failure.reason,
                failure.message,
              )
            : condition(cluster, 'Synced', true, 'ReconcileSuccess'),
          failure
            ? condition(cluster, 'Ready', false, 'Creating')
            : condition(cluster, 'Ready', true, 'Available'),
        ],
      },
    },
    provider,
  );
}
