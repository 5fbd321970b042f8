import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import {
  agentRules,
  type AssessmentInput,
  budgetKeys,
  isNoStricter,
} from '@causeway/backstage-plugin-causeway-common/policy';
import type { Knex } from 'knex';
import type { ActivePolicy } from '../ports';
import type { Policy } from './createPolicy';

/** The policy in force, as the gate uses it. */
export class ServicePolicy implements ActivePolicy {
  readonly #policy: Pick<Policy, 'policies' | 'evaluator'>;

  constructor(policy: Pick<Policy, 'policies' | 'evaluator'>) {
    this.#policy = policy;
  }

  assess(input: AssessmentInput): Promise<Assessment> {
    return this.#policy.evaluator.assess(input);
  }

  isNoStricter(approved: Assessment, fresh: Assessment): boolean {
    return isNoStricter(approved, fresh);
  }

  async view() {
    return (await this.#policy.policies.current()).view;
  }

  async hashIn(trx: Knex.Transaction): Promise<string> {
    const row = await trx('gate_policy')
      .where({ id: 1 })
      .first<{ hash: string } | undefined>('hash');
    // Without a row the built-in one holds, and nothing runs by itself.
    return row?.hash ?? '';
  }

  async limits() {
    return agentRules(await this.#document());
  }

  async minimumSamples(): Promise<number> {
    return agentRules(await this.#document()).minimumSamples;
  }

  async budgets(): Promise<string[]> {
    return budgetKeys(await this.#document());
  }

  onChange(listener: () => void): () => void {
    return this.#policy.policies.onChange(listener);
  }

  async #document() {
    return (await this.#policy.policies.current()).compiled.document;
  }
}
