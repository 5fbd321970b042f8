import type { JsonObject } from '@backstage/types';
import type { Origin } from './origin';
import type { RelationType } from './relations';

/**
 * An edge as it stands on an ingested entity, for the relation processor.
 * `from` is given where the edge does not start at the entity itself (an edge
 * between two services that one workload proves).
 *
 * @public
 */
export interface EntityEdge {
  from?: string;
  type: RelationType;
  to: string;
}

/**
 * `spec.causeway` of every ingested entity: stable facts only. Freshness is
 * never here: it lives in the estate and is joined where an entity is shown.
 *
 * @public
 */
export interface CausewaySpec {
  /** Entity edges but `ownedBy`, which the catalog makes of `spec.owner`. */
  edges?: EntityEdge[];
  environment?: string;
  cluster?: string;
  namespace?: string;
  /** Origin of attributes that rules decide, by attribute name. */
  origins?: Record<string, { origin: Origin; rule: string }>;
  /** Kind-specific details that rarely change: image, version, revision. */
  details?: JsonObject;
}

/**
 * `spec.type` of the entities that Causeway writes.
 *
 * @public
 */
export const ingestedTypes = [
  'service',
  'kubernetes-cluster',
  'kubernetes-namespace',
  'kubernetes-workload',
  'argocd-application',
  'argocd-project',
  'argocd-applicationset',
  'kargo-project',
  'kargo-warehouse',
  'kargo-stage',
  'github-repository',
  'gateway',
  'gateway-class',
  'route',
  'datastore',
  'crossplane-definition',
  'crossplane-claim',
  'crossplane-composite',
  'crossplane-managed',
  'external-secret',
  'sealed-secret',
  'secret-store',
  'agent',
  'mcp-server',
] as const;

/**
 * One of {@link ingestedTypes}.
 *
 * @public
 */
export type IngestedType = (typeof ingestedTypes)[number];
