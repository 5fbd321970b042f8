import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { lockRow } from '../sql/lockRow';
import { fromMillionths, limitToMillionths, toMillionths } from './amounts';
import { BudgetExceeded, type LimitHold } from './BudgetExceeded';

/** A limit that a reservation counts towards. */
export interface BudgetLimit {
  /** Reservations under one name add up. */
  name: string;
  /** Per hour. */
  limit: number;
  /** Only `hard` refuses. */
  action: LimitHold['action'];
  /** Milliseconds after which the reservation ends by itself. */
  window: number;
}

/** Why a reservation ends early. An unknown outcome is none of these: it keeps its reservation (DECISIONS 21). */
export type ReleaseReason = 'outcome' | 'lapsed' | 'returned' | 'reconciled';

/**
 * What approved requests hold of cost limits. Reservations are taken in the
 * approving transaction, after the request is locked and before the audit
 * trail (DECISIONS 18). Limits are locked in the order of their names, so that
 * no two reservations wait for each other.
 */
export class BudgetLedger {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes an amount of all limits, or of none. What the request held before
   * is given back.
   *
   * @returns each limit as it stands now
   * @throws BudgetExceeded where a hard limit does not allow it; nothing was
   * written, and the transaction can go on
   * @throws InputError for an amount that is negative or not finite
   */
  async reserve(
    trx: Knex.Transaction,
    reservation: {
      requestId: string;
      /** Epoch milliseconds, database time. */
      at: number;
      amountPerHour: number;
      limits: readonly BudgetLimit[];
    },
  ): Promise<LimitHold[]> {
    const { requestId, at, limits } = reservation;
    const amount = toMillionths(reservation.amountPerHour);
    const ordered = inOrder(limits);
    for (const { name } of ordered) {
      await lockRow(trx, 'gate_budget_limits', { name });
    }
    const taken = await this.#sum(
      trx,
      ordered.map(({ name }) => name),
      at,
      requestId,
    );
    const holds = ordered.map(({ name, limit, action }): LimitHold => {
      const spent = taken.get(name) ?? 0;
      return {
        name,
        action,
        limit,
        spent: fromMillionths(spent),
        value: fromMillionths(spent + amount),
        exceeded: spent + amount > limitToMillionths(name, limit),
      };
    });
    const refused = holds.find(
      // What takes nothing makes nothing worse.
      hold => hold.action === 'hard' && hold.exceeded && amount > 0,
    );
    if (refused) {
      throw new BudgetExceeded(refused);
    }
    await this.#release(trx, requestId, at, 'replaced');
    for (const { name, window } of ordered) {
      await trx('gate_budget_reservations').insert({
        request_id: requestId,
        limit_name: name,
        amount,
        reserved_at: at,
        held_until: at + window,
      });
    }
    return holds;
  }

  /**
   * Gives back what a request holds; once.
   *
   * @returns how many limits got something back
   */
  release(
    trx: Knex.Transaction,
    requestId: string,
    at: number,
    why: ReleaseReason,
  ): Promise<number> {
    return this.#release(trx, requestId, at, why);
  }

  /**
   * What is taken of limits, per hour.
   *
   * @param options.without - a request whose own reservation does not count:
   * the one that is judged again
   * @param options.trx - inside a transaction, its own; SQLite has no second
   * connection
   */
  async spent(
    names: readonly string[],
    now: number,
    options: { without?: string; trx?: Knex.Transaction } = {},
  ): Promise<Record<string, { spent: number }>> {
    const { trx, without } = options;
    return toSpent(
      names,
      await reservedQuery(trx ?? this.#knex, names, now, without),
    );
  }

  #release(
    trx: Knex.Transaction,
    requestId: string,
    at: number,
    why: ReleaseReason | 'replaced',
  ): Promise<number> {
    return trx('gate_budget_reservations')
      .where({ request_id: requestId })
      .whereNull('released_at')
      .update({ released_at: at, released_why: why });
  }

  async #sum(
    knex: Knex,
    names: readonly string[],
    now: number,
    without: string | undefined,
  ): Promise<Map<string, number>> {
    const rows: DbReservedRow[] = await reservedQuery(
      knex,
      names,
      now,
      without,
    );
    return new Map(rows.map(row => [row.limit_name, Number(row.amount)]));
  }
}

/** What is taken of one limit, in millionths. */
export interface DbReservedRow {
  limit_name: string;
  amount: number | string;
}

/** A query for what is taken of limits; those of which nothing is taken have no row. */
export function reservedQuery(
  knex: Knex,
  names: readonly string[],
  now: number,
  without: string | undefined,
): Knex.QueryBuilder {
  return knex('gate_budget_reservations')
    .whereIn('limit_name', names)
    .whereNull('released_at')
    .where('held_until', '>', now)
    .modify(select => {
      if (without !== undefined) {
        select.whereNot('request_id', without);
      }
    })
    .groupBy('limit_name')
    .select('limit_name')
    .sum({ amount: 'amount' });
}

/** What is taken of each of these limits, per hour. */
export function toSpent(
  names: readonly string[],
  rows: readonly DbReservedRow[],
): Record<string, { spent: number }> {
  const taken = new Map(rows.map(row => [row.limit_name, Number(row.amount)]));
  return Object.fromEntries(
    names.map(name => [name, { spent: fromMillionths(taken.get(name) ?? 0) }]),
  );
}

function inOrder(limits: readonly BudgetLimit[]): BudgetLimit[] {
  const names = new Set<string>();
  for (const { name, limit, window } of limits) {
    if (name.length === 0 || name.length > 255 || names.has(name)) {
      throw new InputError(
        `"${name}" cannot be the name of a limit: names have 1 to 255 characters, each another one`,
      );
    }
    names.add(name);
    limitToMillionths(name, limit);
    if (!(Number.isSafeInteger(window) && window > 0)) {
      throw new InputError(
        `The limit ${name} has a window of ${window}: it must be milliseconds, more than none`,
      );
    }
  }
  return [...limits].sort((a, b) => (a.name < b.name ? -1 : 1));
}
