import type { Knex } from 'knex';
import type { AgentLimits } from './AgentLimits';
import { standingHalts } from './HaltStore';
import { type AdmissionFacts, minute, type Rate } from './judgeAdmission';

/** Queries that count requests which are open: parts of another one. */
export interface OpenCounts {
  byKey: Knex.QueryBuilder | Knex.Raw;
  byTarget: Knex.QueryBuilder | Knex.Raw;
}

/** What is looked up about a call. */
interface Call {
  key: string;
  operation: string;
  /** Entity reference. */
  target: string;
  inputHash: string;
  /** Epoch milliseconds. */
  at: number;
  open: OpenCounts;
  scopes: readonly string[];
  limits: AgentLimits;
}

/** What is known of a call before it is counted. */
export type FoundAdmission = Pick<
  AdmissionFacts,
  'lastMinute' | 'same' | 'denial' | 'openByKey' | 'openByTarget'
> & {
  /** Whether one of its scopes is halted. */
  halted: boolean;
};

interface RateOf {
  key: string;
  kind: 'request' | 'assessment';
  /** Epoch milliseconds. */
  at: number;
  perMinute: number;
}

type Cell = number | string | null;

/** Counts of the last minute, and when there will be room for one more. */
function rateColumns(
  trx: Knex.Transaction,
  { key, kind, at, perMinute }: RateOf,
) {
  const within = () =>
    trx('gate_agent_attempts')
      .where({ key, kind })
      .where('at', '>', at - minute);
  return {
    calls: within().count('*'),
    oldest: within()
      .orderBy('at', 'desc')
      .offset(Math.max(0, perMinute - 1))
      .limit(1)
      .select('at'),
  };
}

const toRate = (row: Record<'calls' | 'oldest', Cell>): Rate => ({
  calls: Number(row.calls),
  ...(row.oldest !== null && { oldest: Number(row.oldest) }),
});

/** How many calls of a kind there were in the last minute. */
export async function readRate(
  trx: Knex.Transaction,
  rate: RateOf,
): Promise<Rate> {
  const [row]: Record<'calls' | 'oldest', Cell>[] = await trx.select(
    rateColumns(trx, rate),
  );
  return toRate(row);
}

/** All that is to be known of a call, by one way to the database. */
export async function readAdmission(
  trx: Knex.Transaction,
  { key, operation, target, inputHash, at, open, scopes, limits }: Call,
): Promise<FoundAdmission> {
  const denial = () =>
    trx('gate_agent_denials').where({ key, operation, target });
  const columns = {
    ...rateColumns(trx, {
      key,
      kind: 'request',
      at,
      perMinute: limits.requestsPerMinute,
    }),
    // Whoever was resumed begins anew.
    same: trx('gate_agent_attempts')
      .where({ key, kind: 'request', operation, target, input_hash: inputHash })
      .where('at', '>', at - limits.repetition.withinMs)
      .where(
        'at',
        '>=',
        trx('gate_halts')
          .where({ scope: key })
          .select(trx.raw('coalesce(max(lifted_at), 0)')),
      )
      .count('*'),
    denied: denial().select('request_id'),
    denied_at: denial().select('at'),
    halts: standingHalts(trx).whereIn('scope', scopes).count('*'),
    by_key: open.byKey,
    by_target: open.byTarget,
  };
  const [row]: Record<keyof typeof columns, Cell>[] = await trx.select(
    columns as Record<string, Knex.QueryBuilder>,
  );
  return {
    lastMinute: toRate(row),
    same: Number(row.same),
    ...(row.denied !== null && {
      denial: { requestId: String(row.denied), at: Number(row.denied_at) },
    }),
    halted: Number(row.halts) > 0,
    openByKey: Number(row.by_key),
    openByTarget: Number(row.by_target),
  };
}
