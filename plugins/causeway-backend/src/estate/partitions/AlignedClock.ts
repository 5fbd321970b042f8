import type { Knex } from 'knex';
import type { IngestionClock } from './clock';
import { readDatabaseTime } from './databaseTime';

/**
 * The given clock moved to the database's time, so that replicas whose
 * machines disagree write times that can be compared. The offset is measured
 * by `align`.
 */
export class AlignedClock implements IngestionClock {
  readonly #knex: Knex;

  readonly #clock: IngestionClock;

  #offset = 0;

  constructor(knex: Knex, clock: IngestionClock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  async align(): Promise<void> {
    const before = this.#clock.now();
    const database = await readDatabaseTime(this.#knex);
    const after = this.#clock.now();
    this.#offset = Math.round(database - (before + after) / 2);
  }

  now(): number {
    return this.#clock.now() + this.#offset;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms, signal);
  }

  random(): number {
    return this.#clock.random();
  }
}
