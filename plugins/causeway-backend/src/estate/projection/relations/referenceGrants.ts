import { placeKey, type SortedObservations } from '../sortObservations';
import type { Subject } from '../subjects';

/** Whether a route may point to a Service of another namespace. */
export type Grants = (
  route: Subject,
  namespace: string,
  service: string,
) => boolean;

const anyName = '';

/** Reads who lets whose routes point to its Services. */
export function readGrants({
  ReferenceGrant: grants,
}: SortedObservations): Grants {
  const given = new Set<string>();
  for (const { source, data } of grants) {
    const names = data.to
      .filter(({ kind }) => kind === 'Service')
      .map(({ name }) => name ?? anyName);
    for (const { kind, namespace } of data.from) {
      for (const name of names) {
        given.add(
          placeKey(
            source,
            data.meta.namespace ?? '',
            name,
            kind.toLowerCase(),
            namespace,
          ),
        );
      }
    }
  }
  return (route, namespace, service) =>
    [anyName, service].some(name =>
      given.has(
        placeKey(
          route.cluster!,
          namespace,
          name,
          route.objectKind,
          route.namespace!,
        ),
      ),
    );
}
