import { createHash } from 'node:crypto';
import { SimulatedCluster } from '../SimulatedCluster';
import { ResourceType } from '../model';
import { apiVersionOf, isCustomGroup } from '../objects/builtInTypes';
import { reviewTypes } from './accessReviews';

const compiledVerbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
// In the order in which the server lists them for custom resources.
const customVerbs = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];

function groupVersions(cluster: SimulatedCluster): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { group, version } of [
    ...cluster.resourceTypes(),
    ...reviewTypes,
  ]) {
    if (!group) continue;
    groups.set(group, (groups.get(group) ?? new Set()).add(version));
  }
  return groups;
}

function groupOf(name: string, versions: Set<string>) {
  const entries = [...versions].map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions: entries, preferredVersion: entries[0] };
}

function resourcesOf(type: ResourceType): unknown[] {
  const custom = isCustomGroup(type.group);
  const verbs = custom ? customVerbs : compiledVerbs;
  const own = {
    name: type.resource,
    singularName: type.singular,
    namespaced: type.namespaced,
    kind: type.kind,
    verbs:
      type.kind === 'Namespace'
        ? verbs.filter(verb => verb !== 'deletecollection')
        : verbs,
    ...(type.shortNames?.length ? { shortNames: type.shortNames } : {}),
    ...(type.categories?.length ? { categories: type.categories } : {}),
    storageVersionHash: createHash('sha256')
      .update(`${apiVersionOf(type)}/${type.kind}`)
      .digest()
      .subarray(0, 8)
      .toString('base64'),
  };
  const subresources = [...(type.subresources ?? [])].sort().map(name => ({
    name: `${type.resource}/${name}`,
    singularName: '',
    namespaced: type.namespaced,
    ...(name === 'scale' ? { group: 'autoscaling', version: 'v1' } : {}),
    kind: name === 'scale' ? 'Scale' : type.kind,
    verbs: ['get', 'patch', 'update'],
  }));
  return [own, ...subresources];
}

function resourceList(cluster: SimulatedCluster, groupVersion: string) {
  const types = cluster
    .resourceTypes()
    .filter(type => apiVersionOf(type) === groupVersion)
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
  const reviews = reviewTypes.filter(
    type => apiVersionOf(type) === groupVersion,
  );
  if (types.length === 0 && reviews.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    // The core group's list carries no apiVersion, for reasons of history.
    ...(groupVersion === 'v1' ? {} : { apiVersion: 'v1' }),
    groupVersion,
    resources: [
      ...types.flatMap(resourcesOf),
      ...reviews.map(type => ({
        name: type.resource,
        singularName: type.singular,
        namespaced: false,
        kind: type.kind,
        verbs: ['create'],
      })),
    ],
  };
}

/** Answers a discovery path; `undefined` when there is nothing there. */
export function discover(
  cluster: SimulatedCluster,
  path: string,
): unknown | undefined {
  const parts = path.split('/').filter(Boolean);
  if (parts[0] === 'version' && parts.length === 1) {
    return {
      major: '1',
      minor: '32',
      gitVersion: 'v1.32.0',
      gitCommit: '70d3cc986aa8221cd1dfb1121852688902d3bf53',
      gitTreeState: 'clean',
      buildDate: '2024-12-11T17:59:15Z',
      goVersion: 'go1.23.3',
      compiler: 'gc',
      platform: 'linux/amd64',
    };
  }
  if (parts[0] === 'api') {
    if (parts.length === 1) {
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [],
      };
    }
    return parts.length === 2 ? resourceList(cluster, parts[1]) : undefined;
  }
  if (parts[0] !== 'apis') return undefined;
  const groups = groupVersions(cluster);
  if (parts.length === 1) {
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [...groups].map(([name, versions]) => groupOf(name, versions)),
    };
  }
  const versions = groups.get(parts[1]);
  if (parts.length === 2 && versions) {
    return {
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...groupOf(parts[1], versions),
    };
  }
  return parts.length === 3
    ? resourceList(cluster, `${parts[1]}/${parts[2]}`)
    : undefined;
}
