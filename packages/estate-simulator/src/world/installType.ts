import { installDefinedType } from '../kubernetes/api/definedTypes';
import { SimulatedCluster } from '../kubernetes/ClusterState';

/** A custom type that a cluster serves. */
export interface CustomType {
  group: string;
  version: string;
  kind: string;
  plural: string;
  cluster?: boolean;
  shortNames?: string[];
  categories?: string[];
}

/** Defines a custom type by its CustomResourceDefinition, as an operator's chart does. */
export function installType(cluster: SimulatedCluster, type: CustomType): void {
  const { group, version, kind, plural, shortNames, categories } = type;
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: type.cluster ? 'Cluster' : 'Namespaced',
      names: {
        plural,
        singular: kind.toLowerCase(),
        kind,
        listKind: `${kind}List`,
        ...(shortNames && { shortNames }),
        ...(categories && { categories }),
      },
      versions: [
        {
          name: version,
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
