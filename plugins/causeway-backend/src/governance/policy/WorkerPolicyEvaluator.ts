import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import {
  assessInDoubt,
  type AssessmentInput,
} from '@causeway/backstage-plugin-causeway-common/policy';
import { isWithin } from './inputSize';
import type { PolicyEvaluator } from './PolicyEvaluator';
import type { CurrentPolicy, PolicyService } from './PolicyService';
import { PolicyThread } from './PolicyThread';

/**
 * Assesses in a thread, one request after another, each with a deadline. What
 * takes too long, is too large or breaks the thread is reviewed as critical.
 */
export class WorkerPolicyEvaluator implements PolicyEvaluator {
  readonly #policies: Pick<PolicyService, 'current'>;

  readonly #deadlineMs: number;

  readonly #logger: LoggerService;

  #thread: PolicyThread | undefined;

  #stopped = false;

  /** Resolves when the requests before are assessed. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: {
    policies: Pick<PolicyService, 'current'>;
    deadlineMs: number;
    logger: LoggerService;
  }) {
    this.#policies = options.policies;
    this.#deadlineMs = options.deadlineMs;
    this.#logger = options.logger;
  }

  /** Starts the thread in the background, so that the first request finds it warm. */
  warm(): void {
    if (!this.#stopped) {
      this.#usable()
        .ready()
        .catch(error =>
          this.#logger.warn(
            `The thread that assesses requests did not begin: ${stringifyError(error)}`,
          ),
        );
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#thread?.end();
  }

  async assess(input: AssessmentInput): Promise<Assessment> {
    const policy = await this.#policies.current();
    const told = withStop(input, policy);
    if (!isWithin(told)) {
      return this.#inDoubt(
        policy,
        input,
        'What is to be assessed is too large to be looked at',
      );
    }
    const turn = this.#queue.then(() => this.#assessNow(policy, told));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #assessNow(
    policy: CurrentPolicy,
    input: AssessmentInput,
  ): Promise<Assessment> {
    if (this.#stopped) {
      return this.#inDoubt(policy, input, 'The backend is stopping');
    }
    const thread = this.#usable();
    try {
      await thread.ready();
      const assessment = await thread.assess(
        policy.compiled,
        input,
        this.#deadlineMs,
      );
      if (assessment) {
        return assessment;
      }
      this.#logger.warn(
        `An assessment took more than ${this.#deadlineMs} ms under policy ${policy.view.hash.slice(0, 12)} and was given up`,
      );
      // The next one does not wait for the beginning of a thread.
      this.warm();
      return this.#inDoubt(
        policy,
        input,
        'The policy could not be evaluated in time',
      );
    } catch (error) {
      thread.end();
      this.#logger.error(
        `A request could not be assessed: ${stringifyError(error)}`,
      );
      return this.#inDoubt(policy, input, 'The policy could not be evaluated');
    }
  }

  #usable(): PolicyThread {
    if (!this.#thread || this.#thread.ended) {
      this.#thread = new PolicyThread();
    }
    return this.#thread;
  }

  #inDoubt(
    { compiled }: CurrentPolicy,
    input: AssessmentInput,
    message: string,
  ): Assessment {
    return assessInDoubt(compiled, {
      at: input.time.now,
      owner: input.target.owner,
      doubt: { code: 'rule-failed', message },
    });
  }
}

/** A newer policy that cannot be used stops what runs by itself (THREATS H12). */
function withStop(
  input: AssessmentInput,
  { tier1Stopped }: CurrentPolicy,
): AssessmentInput {
  return tier1Stopped
    ? {
        ...input,
        doubts: [
          ...input.doubts,
          { code: 'policy-invalid', message: tier1Stopped },
        ],
      }
    : input;
}
