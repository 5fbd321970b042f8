import type { Knex } from 'knex';
import type { EntityContext } from '../projection/model';

/** Whose something was and where it ran. */
export interface LastPlace {
  /** Reference. */
  owner?: string;
  environment?: string;
}

const batchSize = 200;

/** Whose things were and where they ran, before what is known of them goes with them. */
export async function readPlaces(
  tx: Knex.Transaction,
  refs: readonly string[],
): Promise<Map<string, LastPlace>> {
  const places = new Map<string, LastPlace>();
  for (let start = 0; start < refs.length; start += batchSize) {
    const rows: { ref: string; context: string }[] = await tx('estate_contexts')
      .whereIn('ref', refs.slice(start, start + batchSize))
      .select('ref', 'context');
    for (const { ref, context } of rows) {
      const { owner, environment }: EntityContext = JSON.parse(context);
      places.set(ref, {
        owner: owner?.value,
        environment: environment?.value,
      });
    }
  }
  return places;
}
