import type { Halt } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { shareReads } from '../../estate/sql/shareReads';

/** Scope of the halt of everything. */
export const haltAll = 'all';

interface DbHaltRow {
  scope: string;
  by: string;
  reason: string;
  since: number | string;
}

/**
 * What is halted: everything, or one agent by its key (THREATS M11). SQL only.
 *
 * Claims hold the switch shared and whoever halts takes it alone: once a halt
 * is committed, every claim that had not seen it has been committed before.
 */
export class HaltStore {
  /** What is halted now, the oldest first. */
  readonly list: () => Promise<Halt[]>;

  constructor(knex: Knex) {
    this.list = shareReads(async () => {
      const rows: DbHaltRow[] = await standingHalts(knex).orderBy([
        'since',
        'id',
      ]);
      return rows.map(toHalt);
    });
  }

  /**
   * The halt that keeps one of the scopes, or everything, from running; to be
   * asked in the claiming transaction, which then holds it off until it ends.
   */
  async check(
    trx: Knex.Transaction,
    keys: readonly string[],
  ): Promise<Halt | undefined> {
    await trx('gate_halt_switch').where({ id: 1 }).forShare().first();
    return this.find(trx, [haltAll, ...keys]);
  }

  /** The oldest halt of one of the scopes. */
  async find(
    trx: Knex.Transaction,
    scopes: readonly string[],
  ): Promise<Halt | undefined> {
    const row: DbHaltRow | undefined = await standingHalts(trx)
      .whereIn('scope', scopes)
      .orderBy(['since', 'id'])
      .first();
    return row && toHalt(row);
  }

  /** @returns false where it was halted already; the first reason stays */
  async halt(trx: Knex.Transaction, halt: Halt): Promise<boolean> {
    await takeSwitch(trx);
    if (await this.find(trx, [halt.scope])) {
      return false;
    }
    const { scope, by, reason, since } = halt;
    await trx('gate_halts').insert({ scope, by, reason, since });
    return true;
  }

  /** @returns false where it was not halted */
  async resume(
    trx: Knex.Transaction,
    options: {
      scope: string;
      by: string;
      /** Epoch milliseconds, database time. */
      at: number;
    },
  ): Promise<boolean> {
    await takeSwitch(trx);
    const lifted = await standingHalts(trx)
      .where({ scope: options.scope })
      .update({ lifted_at: options.at, lifted_by: options.by });
    return lifted > 0;
  }
}

/** Halts that nobody has lifted: part of a query. */
export function standingHalts(knex: Knex): Knex.QueryBuilder {
  return knex('gate_halts').whereNull('lifted_at');
}

/** An update takes the row alone: it waits for the claims that hold it. */
async function takeSwitch(trx: Knex.Transaction): Promise<void> {
  await trx('gate_halt_switch').where({ id: 1 }).increment('version', 1);
}

function toHalt({ scope, by, reason, since }: DbHaltRow): Halt {
  return { scope, by, reason, since: Number(since) };
}
