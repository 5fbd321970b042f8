import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import { records, record, text } from '../read';
import type { KubernetesClient } from './KubernetesClient';
import { kindName, type KubernetesKind } from './kinds';

/** Where the kinds that a cluster serves are found: path of the API version by kind name. */
export type ServedKinds = ReadonlyMap<string, string>;

/**
 * Asks a cluster which of the kinds it serves, and in which of the versions
 * that we understand. Throws unless the answer is complete.
 */
export async function discoverKinds(
  client: KubernetesClient,
  kinds: KubernetesKind[],
): Promise<ServedKinds> {
  const groups = await client.get('/apis', 'API groups');
  if (!Array.isArray(groups.groups)) {
    throw malformed('API groups');
  }
  const versions = new Map([
    ['', new Set(['v1'])],
    ...records(groups.groups, 1000).flatMap(group => {
      const name = text(group.name, 253);
      return name
        ? [
            [
              name,
              new Set(
                records(group.versions, 100).flatMap(
                  version => text(version.version, 63) ?? [],
                ),
              ),
            ] as const,
          ]
        : [];
    }),
  ]);
  const documents = new Map<string, Promise<Set<string>>>();
  const served = new Map<string, string>();
  for (const kind of kinds) {
    const wanted = kind.versions.length
      ? kind.versions
      : (versions.get(kind.group) ?? []);
    for (const version of wanted) {
      if (versions.get(kind.group)?.has(version)) {
        const path = kind.group
          ? `/apis/${kind.group}/${version}`
          : `/api/${version}`;
        if (!documents.has(path)) {
          documents.set(path, readResources(client, path));
        }
        if ((await documents.get(path))!.has(kind.resource)) {
          served.set(kindName(kind), path);
          break;
        }
      }
    }
  }
  return served;
}

/** Plural names of the resources of one API version. */
async function readResources(
  client: KubernetesClient,
  path: string,
): Promise<Set<string>> {
  const document = await client.get(path, `API resources of ${path}`);
  if (!Array.isArray(document.resources) || !record(document)) {
    throw malformed(`API resources of ${path}`);
  }
  return new Set(
    records(document.resources, 10_000).flatMap(
      resource => text(resource.name, 253) ?? [],
    ),
  );
}

function malformed(what: string) {
  return new SourceError({
    reason: 'malformed',
    message: `The list of ${what} is not one: check that the address is a Kubernetes API server`,
  });
}
