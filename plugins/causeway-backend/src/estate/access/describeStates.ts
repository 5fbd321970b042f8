import {
  worstHealth,
  type EntityCondition,
  type EntityRow,
  type Health,
  type RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import { isComposed } from '../projection/composed';
import type { EntityContext } from '../projection/model';
import { conditionValue } from '../search/contextValues';
import {
  lookUpFreshness,
  type FreshnessLookup,
  type ReadSources,
} from '../status/estateStatus';
import type { EstateReader } from '../entities/EstateReader';
import type { CallerView } from './CallerView';

/** The estate, and who looks at it. */
export interface VisibleEstate {
  reader: EstateReader;
  sources: ReadSources;
  view: CallerView;
}

/** What states follow from: less than the whole reader. */
export interface StateSources extends Omit<VisibleEstate, 'reader'> {
  reader: Pick<EstateReader, 'contexts'>;
}

/** What a state may have to be. */
export interface StateFilter {
  environments?: string[];
  healths?: Health[];
  syncs?: NonNullable<RunningInstance['sync']>[];
  /** As `conditionValue` writes them. */
  conditions?: string[];
}

/** The state of an entity, as far as the caller may see what it follows from. */
export type EntityState = Pick<
  EntityRow,
  'environment' | 'health' | 'sync' | 'version' | 'conditions' | 'stale'
>;

const worstSync = ['out-of-sync', 'unknown', 'synced'] as const;

/** Whether a filter asks for anything. */
export function isFiltering(filter: StateFilter): boolean {
  return Object.values(filter).some(Boolean);
}

/**
 * The state that follows from an entity's own context, or from its parts.
 *
 * @returns `undefined` where the filter does not let it pass
 */
export function stateOf(
  parts: readonly EntityContext[],
  filter: StateFilter,
  freshness: FreshnessLookup,
): EntityState | undefined {
  const { environments, healths, syncs, conditions: wanted } = filter;
  const considered = environments
    ? parts.filter(({ environment }) =>
        environments.includes(environment?.value ?? ''),
      )
    : parts;
  const health = worstHealth(considered.flatMap(part => part.health ?? []));
  const sync = worstSync.find(one =>
    considered.some(part => part.sync === one),
  );
  const conditions = considered.flatMap(part => part.conditions ?? []);
  const asked = conditions.filter(({ type, status }) =>
    wanted?.includes(conditionValue(type, status)),
  );
  if (
    (isFiltering(filter) && considered.length === 0) ||
    (healths && !(health && healths.includes(health))) ||
    (syncs && !(sync && syncs.includes(sync))) ||
    (wanted && asked.length === 0)
  ) {
    return undefined;
  }
  const stale = considered.find(({ partition }) =>
    freshness.isStale(partition),
  );
  return {
    environment:
      [...new Set(considered.flatMap(part => part.environment?.value ?? []))]
        .sort()
        .join(',') || undefined,
    health,
    sync,
    version: [
      ...new Set(considered.flatMap(part => part.instance?.version ?? [])),
    ]
      .sort()
      .slice(0, 3)
      .join(','),
    conditions: [...new Set([...asked, ...wrong(health, conditions)])]
      .slice(0, 4)
      .map(({ type, status }) => `${type}=${status}`),
    stale: stale && staleness(stale, freshness),
  };
}

/** The conditions that a bad health may follow from. */
function wrong(
  health: Health | undefined,
  conditions: EntityCondition[],
): EntityCondition[] {
  return health === 'healthy'
    ? []
    : conditions.filter(({ status }) => status !== 'True');
}

function staleness(part: EntityContext, freshness: FreshnessLookup): string {
  const { reason, state } = freshness.of(part.partition, part.source);
  return reason ?? state;
}

/**
 * States of entities that have one of their own: nothing has to be looked up
 * for them in the catalog. Composed ones are absent.
 */
export async function describeOwnStates(
  refs: readonly string[],
  { reader, sources }: Omit<StateSources, 'view'>,
): Promise<Map<string, EntityState>> {
  const [contexts, freshness] = await Promise.all([
    reader.contexts(refs),
    lookUpFreshness(sources),
  ]);
  return new Map(
    [...contexts].flatMap(([ref, context]) =>
      isComposed(context) ? [] : [[ref, stateOf([context], {}, freshness)!]],
    ),
  );
}

/**
 * States of entities that the caller may read, of composed ones from the parts
 * that the caller may read too; those that the filter stops are absent.
 */
export async function describeStates(
  refs: readonly string[],
  filter: StateFilter,
  { reader, sources, view }: StateSources,
): Promise<Map<string, EntityState>> {
  const [contexts, freshness] = await Promise.all([
    reader.contexts(refs),
    lookUpFreshness(sources),
  ]);
  const composed = [...contexts.values()].filter(isComposed);
  const readable = await view.readable(
    composed.flatMap(({ instanceRefs }) => instanceRefs),
  );
  const parts = await reader.contexts(
    [...readable].filter(ref => !contexts.has(ref)),
  );
  const states = new Map<string, EntityState>();
  for (const ref of refs) {
    const context = contexts.get(ref);
    const considered = isComposed(context)
      ? context.instanceRefs.flatMap(part =>
          readable.has(part)
            ? (parts.get(part) ?? contexts.get(part) ?? [])
            : [],
        )
      : [context ?? []].flat();
    const state = stateOf(considered, filter, freshness);
    if (state) {
      states.set(ref, state);
    }
  }
  return states;
}
