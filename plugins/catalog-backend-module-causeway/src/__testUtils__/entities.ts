import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { EntityEdge } from '@causeway/backstage-plugin-causeway-common';

const annotations = {
  'causeway.dev/source': 'production-eu',
  'causeway.dev/partition': 'production-eu/-/deployments.apps',
  'backstage.io/managed-by-location': 'causeway:production-eu',
  'backstage.io/managed-by-origin-location': 'causeway:production-eu',
};

interface Options {
  owner?: string;
  labels?: Record<string, string>;
  edges?: (EntityEdge & JsonObject)[];
}

/** An inferred Component, as the projection makes it. */
export function service(name: string, options: Options = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations,
      labels: options.labels,
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: options.owner ?? 'group:default/payments',
      causeway: { edges: options.edges ?? [] },
    },
  };
}

/** An ingested Resource. */
export function workload(name: string, options: Options = {}): Entity {
  const entity = service(name, options);
  return {
    ...entity,
    kind: 'Resource',
    spec: { ...entity.spec, type: 'kubernetes-workload' },
  };
}
