import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { BlastRadius } from '@causeway/backstage-plugin-causeway-common';
import type { Ask } from '../../estate/questions/createQuestions';
import type { ReadTarget } from './TargetReader';

/** Relations by which trouble travels, against their direction. */
const relations = 'dependsOn,exposes,uses,consumesApi';

/** Hops that count as being touched. */
const depth = 3;

/**
 * What needs the target, as far as the credentials see it; `undefined` where
 * that cannot be said, because the catalog does not have it yet.
 */
export async function readBlastRadius(
  ask: Ask,
  {
    entityRef,
    serviceRef,
  }: { entityRef: string; serviceRef?: ReadTarget['serviceRef'] },
  credentials: BackstageCredentials,
): Promise<BlastRadius | undefined> {
  try {
    const { count, atLeast, by } = await ask(
      'traverse-graph',
      {
        // What depends on a service depends on the places where it runs.
        entity: serviceRef ?? entityRef,
        direction: 'backward',
        relations,
        depth,
        limit: 1,
      },
      credentials,
    );
    return {
      total: count,
      atLeast: atLeast ?? false,
      byKind: sumKinds(by.type),
      byEnvironment: by.environment ?? {},
      byOwner: toRefs(by.owner),
    };
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
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
