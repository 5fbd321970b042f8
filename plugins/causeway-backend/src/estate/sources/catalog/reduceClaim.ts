import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { ObservedClaim } from '../../observations/model';
import { record, text } from '../read';

/** A hand-written Component, as far as it claims things of the estate. */
export function reduceClaim(entity: Entity): ObservedClaim | undefined {
  const annotations = record(entity.metadata.annotations) ?? {};
  const spec = record(entity.spec) ?? {};
  return {
    entityRef: stringifyEntityRef(entity),
    title: text(entity.metadata.title, 253),
    owner: text(spec.owner, 253),
    lifecycle: text(spec.lifecycle, 63),
    location: text(annotations['backstage.io/managed-by-location'], 1024) ?? '',
    originLocation:
      text(annotations['backstage.io/managed-by-origin-location'], 1024) ?? '',
    annotations: {
      kubernetesId: text(annotations['backstage.io/kubernetes-id'], 253),
      argocdAppName: text(annotations['argocd/app-name'], 253),
      githubSlug: text(annotations['github.com/project-slug'], 253),
      sourceTemplate: text(annotations['backstage.io/source-template'], 253),
    },
  };
}
