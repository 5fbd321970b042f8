import type {
  AgentRecord,
  Feedback,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { calibrate } from './calibrate';

/** What a record is about (THREATS H11). The agent is its credential, so another name changes nothing. */
export interface RecordKey {
  /** Key of the agent. */
  agent: string;
  operation: string;
  /** Name of the risk tier. */
  risk: string;
  environment?: string;
}

/** One look at whether an agent was right. */
export interface RecordSample extends RecordKey {
  requestId: string;
  /** Entity reference. */
  target: string;
  /** When the request was made, epoch milliseconds: its day is what counts. */
  at: number;
}

const day = 86_400_000;

/** How often agents were right. SQL only; who may give feedback is the caller's business. */
export class CalibrationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes the word of somebody outside the requester set.
   *
   * @returns whether it counts: the first of an agent, operation, tier,
   * environment, target and day does, and a later one that says that it was
   * wrong after all
   */
  addFeedback(
    trx: Knex.Transaction,
    sample: RecordSample & { verdict: Feedback['verdict'] },
  ): Promise<boolean> {
    return this.#add(trx, sample, sample.verdict === 'right');
  }

  /**
   * Takes what the gate saw itself. That an execution succeeded says that it
   * ran, not that it was right: only what went wrong counts, against.
   *
   * @returns whether it counts
   */
  async addOutcome(
    trx: Knex.Transaction,
    sample: RecordSample & {
      outcome: 'succeeded' | 'failed' | 'rolled-back' | 'unknown';
    },
  ): Promise<boolean> {
    return sample.outcome === 'succeeded'
      ? false
      : this.#add(trx, sample, false);
  }

  /** @param options.minimum - samples that it takes to say anything; from the policy */
  async record(
    key: RecordKey & { minimum: number },
    knex: Knex = this.#knex,
  ): Promise<AgentRecord> {
    const { minimum } = key;
    const columns = toColumns(key);
    const samples = () => knex('gate_agent_samples').where(columns);
    const [row] = await knex.select({
      of: samples().count(),
      right: samples().where({ was_right: true }).count(),
    });
    const right = Number(row.right);
    const of = Number(row.of);
    return {
      agent: key.agent,
      operation: key.operation,
      ...(key.environment !== undefined && { environment: key.environment }),
      right,
      of,
      lowerBound: calibrate({ right, of, minimum }),
      minimum,
    };
  }

  /** The worst of a target's day stands: an easy success does not cover what came after it. */
  async #add(
    trx: Knex.Transaction,
    sample: RecordSample,
    wasRight: boolean,
  ): Promise<boolean> {
    const place = {
      ...toColumns(sample),
      target: sample.target,
      day: Math.floor(sample.at / day),
    };
    const inserted = await trx('gate_agent_samples')
      .insert({ ...place, was_right: wasRight, request_id: sample.requestId })
      .onConflict(Object.keys(place))
      .ignore()
      .returning('id');
    if (inserted.length > 0) {
      return true;
    }
    if (wasRight) {
      return false;
    }
    const turned = await trx('gate_agent_samples')
      .where({ ...place, was_right: true })
      .update({ was_right: false, request_id: sample.requestId });
    return turned > 0;
  }
}

function toColumns(key: RecordKey) {
  return {
    agent: key.agent,
    operation: key.operation,
    risk: key.risk,
    environment: key.environment ?? '',
  };
}
