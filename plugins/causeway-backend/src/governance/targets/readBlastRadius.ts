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
      byKind: by.type,
      byEnvironment: by.environment,
      byOwner: by.owner,
    };
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}
