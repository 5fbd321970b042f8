import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EstateGraph,
  GraphEdge,
  GraphNode,
} from '@causeway/backstage-plugin-causeway-common';
import type { EstateReader } from '../entities/EstateReader';
import type { EntityContext } from '../projection/model';
import {
  lookUpFreshness,
  type FreshnessLookup,
  type ReadSources,
} from '../status/estateStatus';
import { traverse, type TraverseRequest } from './traverse';

/** The fields of an entity that a graph shows or walks by. */
const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.type',
  'spec.lifecycle',
  'spec.profile.displayName',
  'spec.causeway.environment',
  'relations',
];

/** What it takes to answer graph questions. */
export interface GraphOptions {
  reader: EstateReader;
  sources: ReadSources;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  now: () => number;
}

/**
 * The graph around an entity: topology from the catalog, as far as the caller
 * may read it; evidence, health and freshness from the estate.
 *
 * @throws NotFoundError for a root that is missing or forbidden alike
 */
export async function readGraph(
  request: TraverseRequest,
  credentials: BackstageCredentials,
  { reader, sources, catalog, now }: GraphOptions,
): Promise<EstateGraph> {
  const found = await traverse(request, async refs => {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: refs, fields },
      { credentials },
    );
    return items;
  });
  if (!found) {
    throw new NotFoundError(
      `There is no entity ${request.rootRef} that you may read; check the reference`,
    );
  }
  const refs = found.nodes.map(({ ref }) => ref);
  const [contexts, inferred, freshness] = await Promise.all([
    reader.contexts(refs),
    reader.edgesFrom(refs),
    lookUpFreshness(sources),
  ]);
  const evidence = new Map(
    inferred.map(edge => [`${edge.from} ${edge.type} ${edge.to}`, edge]),
  );
  return {
    rootRef: refs[0],
    nodes: found.nodes.map(({ ref, entity, depth }) =>
      toNode(ref, entity, depth, contexts.get(ref), freshness),
    ),
    edges: found.edges.map((edge): GraphEdge => {
      const proof = evidence.get(`${edge.from} ${edge.type} ${edge.to}`);
      return proof
        ? {
            ...edge,
            inferred: {
              rule: proof.rule,
              evidence: proof.evidence,
              confidence: proof.confidence,
              lastSeenAt: freshness.confirmedAt(proof.partition),
            },
          }
        : edge;
    }),
    truncated: found.truncated,
    now: now(),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function toNode(
  ref: string,
  entity: Entity,
  depth: number,
  context: EntityContext | undefined,
  freshness: FreshnessLookup,
): GraphNode {
  const spec = (entity.spec ?? {}) as Record<string, unknown>;
  const causeway = spec.causeway as { environment?: unknown } | undefined;
  const profile = spec.profile as { displayName?: unknown } | undefined;
  return {
    entityRef: ref,
    kind: entity.kind,
    type: text(spec.type),
    title:
      entity.metadata.title ??
      text(profile?.displayName) ??
      entity.metadata.name,
    environment: context?.environment?.value ?? text(causeway?.environment),
    // As the catalog resolved it: `spec.owner` can be a bare name.
    owner: entity.relations?.find(({ type }) => type === 'ownedBy')?.targetRef,
    health: context?.health,
    scheduled: context?.instance?.workloadKind === 'CronJob' || undefined,
    lifecycle: text(spec.lifecycle),
    stale: context ? freshness.isStale(context.partition) : false,
    depth,
  };
}
