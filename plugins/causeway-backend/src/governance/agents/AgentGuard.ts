import type { Knex } from 'knex';
import { lockRow, lockRows } from '../sql/lockRow';
import { writeTogether } from '../sql/writeTogether';
import type { AgentLimits } from './AgentLimits';
import type { HaltStore } from './HaltStore';
import {
  type AdmissionRefusal,
  judgeAdmission,
  judgeRate,
  minute,
} from './judgeAdmission';
import { type OpenCounts, readAdmission, readRate } from './readAdmission';

/** A call of whoever asks. */
export interface AdmissionCall {
  /** Key of the agent, or the principal's reference. */
  key: string;
  operation: string;
  /** Entity reference. */
  target: string;
  /** Hash of the parsed input. */
  inputHash: string;
  /** Epoch milliseconds, database time. */
  at: number;
  /** Counts of open requests of the key, and about the target. */
  open: OpenCounts;
  /** Whether a person of the group that owns the target asks. */
  ownsTarget: boolean;
  /** Scopes of a halt that would stop it, besides everything. */
  scopes: readonly string[];
  limits: AgentLimits;
}

/** Whether a call is let in. */
export type Admission =
  { admitted: true } | { admitted: false; refusal: AdmissionRefusal };

/**
 * Keeps whoever asks within limits (THREATS M2). A refusal is an answer and
 * no error: what was counted must be committed with it, else nobody who is
 * refused would ever be seen to repeat itself.
 */
export class AgentGuard {
  readonly #halts: HaltStore;
  /** What a transaction has locked already. */
  readonly #locked = new WeakMap<Knex.Transaction, string>();

  constructor(options: { halts: HaltStore }) {
    this.#halts = options.halts;
  }

  /**
   * Locks whoever asks and what it asks about until the transaction ends, so
   * that what is counted afterwards stays so. First of all locks.
   */
  async lock(
    trx: Knex.Transaction,
    call: Pick<AdmissionCall, 'key' | 'target'>,
  ): Promise<void> {
    const both = JSON.stringify([call.key, call.target]);
    if (this.#locked.get(trx) === both) {
      return;
    }
    this.#locked.set(trx, both);
    // Always in this order, whoever asks about whatever.
    await lockRows(trx, 'gate_agents', [
      { key: call.key },
      { key: `target ${call.target}` },
    ]);
  }

  /** Counts a call that asks for an operation, and says whether it is let in. */
  async admit(trx: Knex.Transaction, call: AdmissionCall): Promise<Admission> {
    const { key, operation, target, at, limits } = call;
    await this.lock(trx, call);
    const found = await readAdmission(trx, call);
    const halt = found.halted && (await this.#halts.find(trx, call.scopes));
    if (halt) {
      return refuse({
        code: 'halted',
        reason: `${halt.scope} is halted by ${halt.by}: ${halt.reason}`,
        hint: 'A person has to resume it.',
      });
    }
    const tooFast = judgeRate({
      lastMinute: found.lastMinute,
      at,
      perMinute: limits.requestsPerMinute,
      what: 'request',
    });
    if (tooFast) {
      return refuse(tooFast);
    }
    await this.#count(trx, limits, {
      key,
      kind: 'request',
      at,
      operation,
      target,
      input_hash: call.inputHash,
    });
    const refusal = judgeAdmission(
      { ...call, ...found, same: found.same + 1 },
      limits,
    );
    if (refusal?.code === 'repetition') {
      await this.#halts.halt(trx, {
        scope: key,
        by: 'gate',
        reason: `It asked for ${operation} on ${target} with the same input ${limits.repetition.count} times or more`,
        since: at,
      });
    }
    return refusal ? refuse(refusal) : { admitted: true };
  }

  /** Counts a call that only wants to know what would become of a request. */
  async admitAssessment(
    trx: Knex.Transaction,
    call: Pick<AdmissionCall, 'key' | 'at' | 'limits'>,
  ): Promise<Admission> {
    const { key, at, limits } = call;
    await lockRow(trx, 'gate_agents', { key });
    const tooFast = judgeRate({
      lastMinute: await readRate(trx, {
        key,
        kind: 'assessment',
        at,
        perMinute: limits.assessmentsPerMinute,
      }),
      at,
      perMinute: limits.assessmentsPerMinute,
      what: 'assessment',
    });
    if (tooFast) {
      return refuse(tooFast);
    }
    await this.#count(trx, limits, { key, kind: 'assessment', at });
    return { admitted: true };
  }

  /** Remembers that a request was denied: its operation and target cool down. */
  async denied(
    trx: Knex.Transaction,
    denial: Pick<AdmissionCall, 'key' | 'operation' | 'target' | 'at'> & {
      requestId: string;
    },
  ): Promise<void> {
    const { key, operation, target, requestId, at } = denial;
    await trx('gate_agent_denials')
      .insert({ key, operation, target, request_id: requestId, at })
      .onConflict(['key', 'operation', 'target'])
      .merge(['request_id', 'at']);
  }

  /** Counts a call, and forgets those that no limit looks at any more. */
  #count(
    trx: Knex.Transaction,
    { repetition }: AgentLimits,
    attempt: { key: string; at: number } & Record<string, unknown>,
  ): Promise<void> {
    const { key, at } = attempt;
    return writeTogether(trx, [
      trx('gate_agent_attempts')
        .where({ key })
        .where('at', '<=', at - Math.max(minute, repetition.withinMs))
        .delete(),
      { into: 'gate_agent_attempts', rows: [attempt] },
    ]);
  }
}

function refuse(refusal: AdmissionRefusal): Admission {
  return { admitted: false, refusal };
}
