import type { Knex } from 'knex';
import { readDatabaseTime } from '../partitions/databaseTime';
import type { HistoryBounds } from './HistoryBounds';

/**
 * Forgets what is beyond the bounds, by the database's clock. Any replica may
 * do it at any time, and twice does no more than once.
 *
 * @returns how many changes were forgotten
 */
export async function pruneChanges(
  knex: Knex,
  { keepFor, keepAtMost, valuesPerFact }: HistoryBounds,
): Promise<number> {
  const now = await readDatabaseTime(knex);
  const old: number = await knex('estate_changes')
    .where('at', '<', now - keepFor)
    .delete();
  const surplus: { seq: number | string } | undefined = await knex(
    'estate_changes',
  )
    .orderBy('seq', 'desc')
    .offset(keepAtMost)
    .first('seq');
  const tooMany: number = surplus
    ? await knex('estate_changes').where('seq', '<=', surplus.seq).delete()
    : 0;
  const ranked = knex('estate_changes')
    .where({ what: 'changed' })
    .select(
      'seq',
      knex.raw(
        'row_number() over (partition by ref, attribute order by seq desc) as place',
      ),
    )
    .as('ranked');
  const restless: number = await knex('estate_changes')
    .whereIn(
      'seq',
      knex.select('seq').from(ranked).where('place', '>', valuesPerFact),
    )
    .delete();
  return old + tooMany + restless;
}
