import type { Knex } from 'knex';
import { databaseTimeSql } from './databaseTime';

/** Which replicas are alive, by the database's clock. SQL only. */
export class ReplicaStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Says that a replica is alive, and forgets those that fell silent; answers
   * with all that live, the oldest first.
   *
   * @param options.duration - milliseconds that it counts as alive from now
   */
  async beat(options: { owner: string; duration: number }): Promise<string[]> {
    const now = databaseTimeSql(this.#knex);
    await this.#knex('estate_replicas')
      .insert({
        owner: options.owner,
        started_at: this.#knex.raw(now),
        alive_until: this.#knex.raw(`${now} + ?`, [options.duration]),
      })
      .onConflict('owner')
      .merge(['alive_until']);
    await this.#knex('estate_replicas')
      .whereRaw(`alive_until < ${now}`)
      .delete();
    const rows = await this.#knex('estate_replicas')
      .orderBy(['started_at', 'owner'])
      .select('owner');
    return rows.map(row => row.owner);
  }

  /** A replica ends: others need not wait for its silence. */
  async leave(owner: string): Promise<void> {
    await this.#knex('estate_replicas').where({ owner }).delete();
  }
}
