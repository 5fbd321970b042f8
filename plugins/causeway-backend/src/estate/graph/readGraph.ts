import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type {
  EstateGraph,
  GraphEdge,
  GraphNode,
} from '@causeway/backstage-plugin-causeway-common';
import {
  describeStates,
  type EntityState,
  type VisibleEstate,
} from '../access/describeStates';
import { readProvenEdges } from '../access/readProvenEdges';
import type { EntityContext } from '../projection/model';
import { lookUpFreshness, type FreshnessLookup } from '../status/estateStatus';
import { traverse } from './traverse';
import type { WalkRequest } from './walk';

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
export interface GraphOptions extends VisibleEstate {
  now: () => number;
}

/**
 * The graph around an entity: topology from the catalog, as far as the caller
 * may read it; evidence, health and freshness from the estate.
 *
 * @throws NotFoundError for a root that is missing or forbidden alike
 */
export async function readGraph(
  request: WalkRequest,
  { now, ...estate }: GraphOptions,
): Promise<EstateGraph> {
  const { reader, sources, view } = estate;
  const found = await traverse(request, refs => view.entities(refs, fields));
  if (!found) {
    throw new NotFoundError(
      `There is no entity ${request.rootRef} that you may read; check the reference`,
    );
  }
  const refs = found.nodes.map(({ ref }) => ref);
  const [contexts, states, proofs, freshness] = await Promise.all([
    reader.contexts(refs),
    describeStates(refs, {}, estate),
    readProvenEdges(refs, estate),
    lookUpFreshness(sources),
  ]);
  return {
    rootRef: refs[0],
    nodes: found.nodes.map(({ ref, entity, depth }) =>
      toNode(
        { ref, entity, depth },
        contexts.get(ref),
        states.get(ref),
        freshness,
      ),
    ),
    edges: found.edges.map((edge): GraphEdge => {
      const proof = proofs.get(`${edge.from} ${edge.type} ${edge.to}`);
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
  { ref, entity, depth }: { ref: string; entity: Entity; depth: number },
  context: EntityContext | undefined,
  state: EntityState | undefined,
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
    health: state?.health,
    scheduled: context?.instance?.workloadKind === 'CronJob' || undefined,
    lifecycle: text(spec.lifecycle),
    stale: context ? freshness.isStale(context.partition) : false,
    depth,
  };
}
