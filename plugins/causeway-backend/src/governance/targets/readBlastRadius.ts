import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BlastRadius,
  GraphGroup,
} from '@causeway/backstage-plugin-causeway-common';
import type { Ask } from '../../estate/questions/createQuestions';

/** Relations by which trouble travels, against their direction. */
const relations = 'dependsOn,exposes,uses,consumesApi';

/** Hops that count as being touched. */
const depth = 3;

/** Of so many of a page an answer tells where they run, services among them. */
const pageSize = 100;

/** Beyond these it is only told that there are more. */
const mostPages = 5;

/**
 * What needs an entity, as far as the credentials see it; `undefined` where
 * that cannot be said, because the catalog does not have it yet.
 *
 * @param of - entity reference
 */
export async function readBlastRadius(
  ask: Ask,
  of: string,
  credentials: BackstageCredentials,
): Promise<BlastRadius | undefined> {
  try {
    const groups: GraphGroup[] = [];
    for (let page = 1, cursor: string | undefined; ; page++) {
      const { count, atLeast, by, ...answer } = await ask(
        'traverse-graph',
        {
          entity: of,
          direction: 'backward',
          relations,
          depth,
          limit: pageSize,
          cursor,
        },
        credentials,
      );
      groups.push(...answer.groups);
      cursor = answer.more;
      if (cursor === undefined || page === mostPages) {
        return {
          of,
          total: count,
          atLeast: (atLeast ?? false) || cursor !== undefined,
          byKind: sumKinds(by.type),
          byEnvironment: sumEnvironments(groups),
          byOwner: toRefs(by.owner),
        };
      }
    }
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}

/**
 * How many run in each environment. A service runs in several, and counts in
 * each: the answer's own counts leave out what has no place of its own.
 */
function sumEnvironments(
  groups: readonly GraphGroup[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { environment, refs } of groups) {
    for (const one of environment?.split(',') ?? []) {
      counts[one] = (counts[one] ?? 0) + refs.length;
    }
  }
  return counts;
}

/** Counts by `component/service` as counts by kind. */
function sumKinds(types: Record<string, number> = {}): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const [type, count] of Object.entries(types)) {
    const kind = type.split('/')[0];
    kinds[kind] = (kinds[kind] ?? 0) + count;
  }
  return kinds;
}

/** Answers shorten owners; requests and policies name them in full. */
function toRefs(owners: Record<string, number> = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(owners).map(([owner, count]) => [
      owner.includes(':') ? owner : `group:default/${owner}`,
      count,
    ]),
  );
}
