import { SimulatedCluster } from '../SimulatedCluster';
import { ResourceType } from '../model';
import { reviewTypes } from './accessReviews';

const verbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** What the answer says that it is: clients take one without it for plain discovery. */
export const aggregatedMediaType =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Whether a client would rather have all groups with their resources in one answer. */
export function wantsAggregated(accept: string): boolean {
  const [first] = accept.split(',');
  return (
    first.includes('g=apidiscovery.k8s.io') &&
    /\bv=v2(?![a-z0-9])/.test(first) &&
    first.includes('as=APIGroupDiscoveryList')
  );
}

function describe(type: ResourceType) {
  const { group, version, kind } = type;
  return {
    resource: type.resource,
    responseKind: { group, version, kind },
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs,
    ...(type.shortNames?.length ? { shortNames: type.shortNames } : {}),
    ...(type.categories?.length ? { categories: type.categories } : {}),
    ...(type.subresources?.length
      ? {
          subresources: type.subresources.map(subresource => ({
            subresource,
            responseKind:
              subresource === 'scale'
                ? { group: 'autoscaling', version: 'v1', kind: 'Scale' }
                : { group, version, kind },
            verbs: ['get', 'patch', 'update'],
          })),
        }
      : {}),
  };
}

/** `/api` or `/apis` with everything in them; `undefined` for other paths. */
export function aggregatedDiscovery(
  cluster: SimulatedCluster,
  path: string,
): unknown | undefined {
  const root = path.replace(/^\/|\/$/g, '');
  if (root !== 'api' && root !== 'apis') return undefined;
  const groups = new Map<string, Map<string, object[]>>();
  const add = (group: string, version: string, resource: object) => {
    if ((group === '') !== (root === 'api')) return;
    const versions = groups.get(group) ?? new Map<string, object[]>();
    versions.set(version, [...(versions.get(version) ?? []), resource]);
    groups.set(group, versions);
  };
  for (const type of cluster.resourceTypes()) {
    add(type.group, type.version, describe(type));
  }
  for (const { group, version, resource, kind } of reviewTypes) {
    add(group, version, {
      resource,
      responseKind: { group, version, kind },
      scope: 'Cluster',
      singularResource: kind.toLowerCase(),
      verbs: ['create'],
    });
  }
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: [...groups].map(([name, versions]) => ({
      metadata: { ...(name && { name }), creationTimestamp: null },
      versions: [...versions].map(([version, resources]) => ({
        version,
        resources,
        freshness: 'Current',
      })),
    })),
  };
}
