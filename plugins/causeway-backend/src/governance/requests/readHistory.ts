import type { Knex } from 'knex';
import { readTogether } from '../../estate/sql/readTogether';
import { countSpread, type Reach } from '../agents/spread';
import {
  type DbReservedRow,
  reservedQuery,
  toSpent,
} from '../budget/BudgetLedger';

/** Whose history, about what. */
export interface AskedHistory extends Reach {
  /** Epoch milliseconds from which failures count. */
  failedSince: number;
  /** Names of cost limits. */
  budgets: readonly string[];
  /** The request that is judged again: what it holds of budgets already does not count twice. */
  requestId?: string;
}

/** What came of earlier requests. */
export interface History {
  /** Requests about the target that went wrong. */
  failures: number;
  /** Other targets that the requester has changed without people. */
  spread: number;
  /** What is taken of cost limits, per hour. */
  spent: Record<string, { spent: number }>;
}

/** Reads what came of earlier requests, by one way to the database. */
export async function readHistory(
  knex: Knex,
  asked: AskedHistory,
): Promise<History> {
  const { budgets, at } = asked;
  const found = await readTogether<{
    failures: { failures: number };
    spread: { targets: number };
    spent: DbReservedRow;
  }>(knex, {
    failures: knex('gate_requests')
      .where({ target: asked.target })
      .where('created_at', '>', asked.failedSince)
      .whereIn('state', ['failed', 'rolled-back', 'unknown'])
      .count({ failures: '*' }),
    spread: countSpread(knex, asked),
    spent: reservedQuery(knex, budgets, at, asked.requestId),
  });
  return {
    failures: found.failures[0].failures,
    spread: found.spread[0].targets,
    spent: toSpent(budgets, found.spent),
  };
}
