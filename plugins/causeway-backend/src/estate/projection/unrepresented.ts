import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { placeKey } from './sortObservations';
import type { ProjectedEntity } from './model';
import type { World } from './World';

const named = 20;

function list(refs: string[]): string {
  const rest = refs.length - named;
  return `${refs.slice(0, named).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What points to something that the estate does not see, told once for each cause. */
export function* unseenReferences(
  world: World,
  entities: ProjectedEntity[],
  fallbackOwner: string,
): Iterable<EstateProblem> {
  const { subjects, management } = world;

  const unowned = entities
    .filter(({ entity }) => entity.spec?.owner === fallbackOwner)
    .map(({ ref }) => ref);
  if (unowned.length > 0) {
    yield {
      id: 'unowned',
      kind: 'unrepresented',
      title:
        unowned.length === 1
          ? 'One entity has no owner'
          : `${unowned.length} entities have no owner`,
      detail: `No rule says whose they are, so they stand under ${fallbackOwner}: ${list(unowned)}. Add a rule or a default to causeway.estate.ownership.`,
    };
  }

  const unseen = new Map<string, string[]>();
  for (const application of subjects.applications) {
    if (management.cluster(application) === undefined) {
      const { instance, destination } = application.data;
      const place = `${destination.name ?? destination.server ?? 'nowhere'} of ${instance}`;
      unseen.set(place, [...(unseen.get(place) ?? []), application.ref]);
    }
  }
  for (const [place, refs] of unseen) {
    yield {
      id: `destination:${place}`,
      kind: 'unrepresented',
      title: `Destination ${place} is no cluster of the estate`,
      detail: `What these applications deploy there is not shown: ${list(refs)}. Name the cluster in causeway.estate.sources.argocd[].destinations.`,
    };
  }

  const hidden = new Map<string, string[]>();
  for (const subject of [
    ...subjects.workloads,
    ...subjects.gateways,
    ...subjects.routes,
    ...subjects.ingresses,
  ]) {
    const place = placeKey(
      subject.cluster!,
      '',
      'namespace',
      subject.namespace!,
    );
    if (!subjects.byPlace.has(place)) {
      const label = `${subject.namespace} on ${subject.cluster}`;
      hidden.set(label, [...(hidden.get(label) ?? []), subject.ref]);
    }
  }
  for (const [label, refs] of hidden) {
    yield {
      id: `namespace:${label}`,
      kind: 'unrepresented',
      title: `Namespace ${label} cannot be read`,
      detail: `What runs there is shown without its namespace: ${list(refs)}. Allow the source to get and list namespaces.`,
    };
  }
}
