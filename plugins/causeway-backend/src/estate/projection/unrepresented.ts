import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { listRefs } from './listRefs';
import { placeKey } from './sortObservations';
import type { World } from './World';

/** What points to something that the estate does not see, told once for each cause. */
export function* unseenReferences({
  subjects,
  management,
}: World): Iterable<EstateProblem> {
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
      detail: `What these applications deploy there is not shown: ${listRefs(refs)}. Name the cluster in causeway.estate.sources.argocd[].destinations.`,
    };
  }

  const hidden = new Map<string, string[]>();
  for (const subject of [
    ...subjects.workloads,
    ...subjects.gateways,
    ...subjects.routes,
    ...subjects.ingresses,
    ...subjects.described,
  ]) {
    if (subject.cluster === undefined || !subject.namespace) {
      continue;
    }
    const place = placeKey(subject.cluster, '', 'namespace', subject.namespace);
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
      detail: `What runs there is shown without its namespace: ${listRefs(refs)}. Allow the source to get and list namespaces.`,
    };
  }
}
