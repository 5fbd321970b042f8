import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import type { OwnershipRuleDefinition } from './model';

/** The `causeway.dev/owner` annotation of the namespace that a thing lives in. */
export const namespaceAnnotation: OwnershipRuleDefinition = {
  id: 'namespace-annotation',
  opinions({ namespaceSubject }) {
    const owner = namespaceSubject?.annotations[causewayAnnotations.owner];
    return owner
      ? [
          {
            owner,
            // Namespaces are made by whoever runs the cluster, yet not by our configuration.
            origin: 'live',
            evidence: `annotation ${causewayAnnotations.owner} of namespace ${namespaceSubject!.objectName}`,
            about: namespaceSubject,
          },
        ]
      : [];
  },
};

/** The `causeway.dev/owner` annotation of the thing itself. */
export const ownAnnotation: OwnershipRuleDefinition = {
  id: 'annotation',
  opinions({ annotations }) {
    const owner = annotations?.[causewayAnnotations.owner];
    return owner
      ? [
          {
            owner,
            origin: 'claimed',
            evidence: `annotation ${causewayAnnotations.owner}`,
          },
        ]
      : [];
  },
};
