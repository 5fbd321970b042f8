import { installDefinedType } from '../../kubernetes/api/definedTypes';
import { SimulatedCluster } from '../../kubernetes/ClusterState';

const group = 'kargo.akuity.io';

const types = [
  ['projects', 'Project', 'Cluster', []],
  ['warehouses', 'Warehouse', 'Namespaced', []],
  ['stages', 'Stage', 'Namespaced', []],
  ['freights', 'Freight', 'Namespaced', []],
  ['promotions', 'Promotion', 'Namespaced', ['promo', 'promos']],
] as const;

/** API version of Kargo's kinds. */
export const kargoVersion = `${group}/v1alpha1`;

/** Installs the kinds of Kargo, as its chart does. */
export function installKargoTypes(cluster: SimulatedCluster): void {
  for (const [plural, kind, scope, shortNames] of types) {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope,
        names: {
          plural,
          singular: kind.toLowerCase(),
          kind,
          listKind: `${kind}List`,
          shortNames: [...shortNames],
        },
        versions: [
          {
            name: 'v1alpha1',
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: {
              openAPIV3Schema: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
              },
            },
          },
        ],
      },
    };
    cluster.apply(definition, { manager: 'helm' });
    installDefinedType(cluster, definition);
  }
}
