import type { Knex } from 'knex';

/** Signing, and each sink. */
export type AnchorStep = 'sign' | 'file' | 'endpoint';

/** How a step goes. */
export interface StepState {
  /** Number of the last checkpoint that a sink has. */
  delivered: number;
  /** Attempts that failed one after another. */
  attempts: number;
  /** Not before; epoch milliseconds, database time. */
  retryAt: number;
  failing?: { since: number; why: string };
}

interface DbStepRow {
  delivered: number | string;
  attempts: number;
  retry_at: number | string;
  failing_since: number | string | null;
  failure: string | null;
}

const table = 'gate_audit_anchor_steps';

/** How signing and sinks go, for all replicas to know. SQL only. */
export class AnchorSteps {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(step: AnchorStep): Promise<StepState> {
    const row = await this.#knex(table)
      .where({ step })
      .first<DbStepRow | undefined>();
    return {
      delivered: Number(row?.delivered ?? 0),
      attempts: row?.attempts ?? 0,
      retryAt: Number(row?.retry_at ?? 0),
      ...(typeof row?.failure === 'string' && {
        failing: { since: Number(row.failing_since), why: row.failure },
      }),
    };
  }

  /**
   * It went well, as far as to this checkpoint.
   *
   * @returns whether it failed before
   */
  async succeeded(step: AnchorStep, delivered: number): Promise<boolean> {
    const mended = await this.#knex(table)
      .where({ step })
      .whereNotNull('failure')
      .update({ failure: null, failing_since: null, attempts: 0, retry_at: 0 });
    const moved = await this.#knex(table)
      .where({ step })
      .whereNot({ delivered })
      .update({ delivered });
    if (moved === 0) {
      await this.#ensure(step, delivered);
    }
    return mended > 0;
  }

  /**
   * It went wrong.
   *
   * @returns what was known of it before
   */
  async failed(
    step: AnchorStep,
    failure: { why: string; now: number; retryAt: number },
  ): Promise<StepState> {
    const { why, now, retryAt } = failure;
    await this.#ensure(step);
    const before = await this.read(step);
    await this.#knex(table)
      .where({ step })
      .update({
        failure: why,
        failing_since: before.failing?.since ?? now,
        attempts: before.attempts + 1,
        retry_at: retryAt,
      });
    return before;
  }

  /** Rows are there from the beginning, unless somebody took one away. */
  async #ensure(step: AnchorStep, delivered = 0): Promise<void> {
    await this.#knex(table)
      .insert({ step, delivered })
      .onConflict('step')
      .ignore();
  }
}
