import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import { type JsonRecord, record, records, text, texts } from '../read';
import type { KubernetesClient } from './KubernetesClient';
import type { KubernetesKind } from './kinds';
import { reduceCrossplaneResource } from './reduce/CrossplaneResource';

/*
 * Kinds that nobody can list beforehand: claims, composite and managed
 * resources of Crossplane are of the kinds that a company and its providers
 * define. The API server tells them by their categories.
 */

const roles = {
  claim: 'claim',
  composite: 'composite',
  managed: 'managed',
} as const;

/** A kind that was found by its category, and where its objects are. */
export interface CategorizedKind extends KubernetesKind {
  role: (typeof roles)[keyof typeof roles];
  /** Path of the API version. */
  path: string;
}

/** One answer with all groups and their resources, as servers give it since 1.27. */
const aggregated =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** How many documents of older servers are asked for at a time. */
const concurrency = 8;

/** More kinds than that are not read. */
const maxKinds = 2000;

/** The kinds that were found, and the groups that could not be asked just now. */
export interface FoundKinds {
  kinds: CategorizedKind[];
  unread: Set<string>;
}

/** Every kind of a cluster that a category makes one of ours. One group that cannot be read stops no other. */
export async function discoverCategorizedKinds(
  client: KubernetesClient,
): Promise<FoundKinds> {
  const document = await client.get('/apis', 'API groups', aggregated);
  const { kinds, unread } =
    document.kind === 'APIGroupDiscoveryList'
      ? readAggregated(document)
      : await readGroupByGroup(client, document);
  return { kinds: kinds.slice(0, maxKinds), unread };
}

/** One such kind by its name, `instances.rds.aws.example.org`; `undefined` where it is not served or none of ours. */
export async function findCategorizedKind(
  client: KubernetesClient,
  name: string,
): Promise<CategorizedKind | undefined> {
  const dot = name.indexOf('.');
  const resource = name.slice(0, dot);
  const group = name.slice(dot + 1);
  let version: string | undefined;
  try {
    const document = await client.get(
      `/apis/${encodeURIComponent(group)}`,
      `API group ${group}`,
    );
    version = preferredVersion(document);
  } catch (error) {
    if (error instanceof SourceError && error.reason === 'not-found') {
      return undefined;
    }
    throw error;
  }
  if (!version) {
    return undefined;
  }
  const kinds = await readVersion(client, group, version);
  return kinds.find(kind => kind.resource === resource);
}

function readAggregated(document: JsonRecord): FoundKinds {
  const found: FoundKinds = { kinds: [], unread: new Set() };
  for (const item of records(document.items, 10_000)) {
    const group = text(record(item.metadata)?.name, 253);
    // The server lists the version that it prefers first.
    const [version] = records(item.versions, 1);
    const name = text(version?.version, 63);
    if (group && name) {
      if (version.freshness === 'Stale') {
        found.unread.add(group);
      }
      for (const resource of records(version.resources, 10_000)) {
        const kind = toKind({
          group,
          version: name,
          resource: text(resource.resource, 253),
          kind: text(record(resource.responseKind)?.kind, 63),
          namespaced: resource.scope === 'Namespaced',
          categories: resource.categories,
        });
        found.kinds.push(...(kind ? [kind] : []));
      }
    }
  }
  return found;
}

async function readGroupByGroup(
  client: KubernetesClient,
  document: JsonRecord,
): Promise<FoundKinds> {
  const groups = records(document.groups, 10_000).flatMap(group => {
    const name = text(group.name, 253);
    const version = preferredVersion(group);
    // Kubernetes' own groups have no such kinds.
    return name && version && name.includes('.') && !name.endsWith('.k8s.io')
      ? [{ name, version }]
      : [];
  });
  const found: FoundKinds = { kinds: [], unread: new Set() };
  for (let start = 0; start < groups.length; start += concurrency) {
    const asked = groups.slice(start, start + concurrency);
    const answers = await Promise.allSettled(
      asked.map(({ name, version }) => readVersion(client, name, version)),
    );
    answers.forEach((answer, index) => {
      if (answer.status === 'fulfilled') {
        found.kinds.push(...answer.value);
      } else {
        found.unread.add(asked[index].name);
      }
    });
  }
  return found;
}

async function readVersion(
  client: KubernetesClient,
  group: string,
  version: string,
): Promise<CategorizedKind[]> {
  const path = `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`;
  const document = await client.get(path, `API resources of ${path}`);
  return records(document.resources, 10_000).flatMap(
    resource =>
      toKind({
        group,
        version,
        resource: text(resource.name, 253),
        kind: text(resource.kind, 63),
        namespaced: resource.namespaced === true,
        categories: resource.categories,
      }) ?? [],
  );
}

function preferredVersion(group: JsonRecord): string | undefined {
  return (
    text(record(group.preferredVersion)?.version, 63) ??
    text(records(group.versions, 1)[0]?.version, 63)
  );
}

function toKind(found: {
  group: string;
  version: string;
  resource: string | undefined;
  kind: string | undefined;
  namespaced: boolean;
  categories: unknown;
}): CategorizedKind | undefined {
  const { group, version, resource, kind, namespaced } = found;
  const role = texts(found.categories, 16, 63).find(isRole);
  if (!role || !resource || !kind || !isResourceName(resource)) {
    return undefined;
  }
  return {
    group,
    versions: [version],
    resource,
    namespaced,
    observed: 'CrossplaneResource',
    reduce: reduceCrossplaneResource({ role: roles[role], group, kind }),
    role: roles[role],
    path: `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`,
  };
}

function isRole(category: string): category is keyof typeof roles {
  return Object.hasOwn(roles, category);
}

/** No subresource. */
function isResourceName(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name);
}

/** Whether a partition's kind may be one that was found by its category: `instances.rds.aws.example.org`. */
export function mayBeCategorized(kind: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+){2,}$/.test(kind);
}
