import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { listRefs } from './listRefs';
import { placed } from './subjects';
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
  for (const subject of placed(subjects)) {
    if (subject.cluster !== undefined && subject.namespace && !subject.home) {
      const label = `${subject.namespace} on ${subject.cluster}`;
      const refs = hidden.get(label);
      if (refs) {
        refs.push(subject.ref);
      } else {
        hidden.set(label, [subject.ref]);
      }
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
