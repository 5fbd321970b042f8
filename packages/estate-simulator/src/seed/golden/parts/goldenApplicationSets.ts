import type { GoldenPart } from '../GoldenPart';
import { resourceRef } from '../names';

/** A set a project and Argo CD, which makes all of the project's applications there. */
export const goldenApplicationSets: GoldenPart = (
  _company,
  { applications },
  { entity, edge, own },
) => {
  for (const {
    ref,
    instance,
    project,
    projectRef,
    owner,
  } of applications.values()) {
    const set = resourceRef(instance, 'argocd', 'applicationset', project);
    entity(set, 'argocd-applicationset');
    edge(set, 'provisions', ref);
    edge(set, 'partOf', projectRef);
    own(set, owner);
  }
};
