import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  compilePolicy,
  type CompiledPolicy,
} from '@causeway/backstage-plugin-causeway-common/policy';
import type { IngestionClock } from '../../estate/partitions/clock';
import { shareReads } from '../../estate/sql/shareReads';
import { builtIn } from './builtIn';
import { nextPolicy, type Candidate } from './nextPolicy';
import type { PolicyFiles } from './PolicyFiles';
import type { CurrentPolicy, PolicyService } from './PolicyService';
import type { PolicySettings } from './parsePolicySettings';
import type { ActivePolicy, PolicyStore } from './PolicyStore';

const compiledBuiltIn = compilePolicy(builtIn.document, {
  hash: builtIn.hash,
});

/** How often a replica tries to write what another one changed meanwhile. */
const attempts = 5;

/**
 * Brings the policy of the files into force, by one row that all replicas use
 * (THREATS H12).
 */
export class DefaultPolicyService implements PolicyService {
  readonly #store: PolicyStore;

  readonly #files: Pick<PolicyFiles, 'look'>;

  readonly #settings: Pick<PolicySettings, 'poll' | 'looseningDelay'>;

  readonly #clock: Pick<IngestionClock, 'sleep'>;

  readonly #logger: LoggerService;

  readonly #listeners = new Set<(policy: CurrentPolicy) => void>();

  readonly #stopping = new AbortController();

  #polling: Promise<void> | undefined;

  #looked: Promise<void> | undefined;

  #row: ActivePolicy | undefined;

  #compiled: CompiledPolicy | undefined;

  /** Whether the files changed and the row has not been asked about it yet. */
  #unsettled = false;

  readonly #readRevision: () => Promise<number | undefined>;

  readonly #rememberFor: number;

  /** When the row was last asked about, by a clock that only goes on. */
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    store: PolicyStore;
    files: Pick<PolicyFiles, 'look'>;
    settings: Pick<PolicySettings, 'poll' | 'looseningDelay'>;
    clock: Pick<IngestionClock, 'sleep'>;
    logger: LoggerService;
    /**
     * Milliseconds for which the row is not asked again; none unless told. What
     * is carried out is held against the row itself, in the claiming transaction.
     */
    rememberFor?: number;
  }) {
    this.#store = options.store;
    this.#rememberFor = options.rememberFor ?? 0;
    this.#readRevision = shareReads(() => options.store.revision());
    this.#files = options.files;
    this.#settings = options.settings;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  async start(): Promise<void> {
    await this.look();
    this.#polling = this.#poll(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
  }

  onChange(listener: (policy: CurrentPolicy) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async current(): Promise<CurrentPolicy> {
    if (performance.now() - this.#askedAt >= this.#rememberFor) {
      await this.#refresh();
    }
    if (!this.#row) {
      this.#looked ??= this.look();
      await this.#looked.catch(() => (this.#looked = undefined));
    }
    return this.#describe(this.#row);
  }

  /** Looks at the files and the row once; what polling does again and again. */
  async look(): Promise<void> {
    const found = await this.#files.look();
    this.#unsettled ||= 'policy' in found && found.fresh;
    const candidate =
      'policy' in found ? { ...found, fresh: this.#unsettled } : found;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await this.#settle(candidate)) {
        this.#unsettled = false;
        return;
      }
    }
    this.#logger.warn(
      'The policy in force changes again and again; the next look at it decides',
    );
  }

  /** False where another replica was quicker. */
  async #settle(candidate: Candidate): Promise<boolean> {
    const { row, now } = await this.#store.read();
    const next = nextPolicy({
      row: row ?? this.#fallback(candidate, now),
      candidate,
      older:
        'policy' in candidate &&
        (await this.#store.wasInForce(candidate.policy.hash)),
      now,
      delay: this.#settings.looseningDelay,
      patience: 3 * this.#settings.poll + 60_000,
    });
    if (next) {
      if (!(await this.#store.replace(row?.revision, next))) {
        return false;
      }
      this.#tell(row, next);
    }
    await this.#refresh();
    return true;
  }

  /** Where the very first policy cannot be read, the built-in one holds. */
  #fallback(candidate: Candidate, now: number): ActivePolicy | undefined {
    return 'invalid' in candidate
      ? {
          ...builtIn,
          revision: 0,
          since: now,
        }
      : undefined;
  }

  async #poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(this.#settings.poll, signal);
      if (signal.aborted) {
        return;
      }
      try {
        await this.look();
      } catch (error) {
        this.#logger.error(
          `The policy could not be looked at: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #refresh(): Promise<void> {
    const asked = performance.now();
    const revision = await this.#readRevision();
    if (revision === undefined || revision === this.#row?.revision) {
      this.#askedAt = asked;
      return;
    }
    const { row } = await this.#store.read();
    if (!row) {
      return;
    }
    if (this.#compiled?.hash !== row.hash) {
      this.#compiled = compilePolicy(row.document, { hash: row.hash });
    }
    const before = this.#row;
    this.#row = row;
    this.#askedAt = asked;
    if (before?.hash !== row.hash || before?.invalid?.at !== row.invalid?.at) {
      this.#notify(this.#describe(row));
    }
  }

  #describe(row: ActivePolicy | undefined): CurrentPolicy {
    if (!row || !this.#compiled) {
      return {
        compiled: compiledBuiltIn,
        tier1Stopped: 'There is no policy in force yet',
        view: {
          hash: builtIn.hash,
          origin: builtIn.origin,
          since: 0,
          document: builtIn.document as unknown as JsonObject,
          faults: [],
        },
      };
    }
    const { hash, origin, since, document, announced, invalid } = row;
    return {
      compiled: this.#compiled,
      tier1Stopped:
        invalid &&
        `A newer policy cannot be used, so nothing runs by itself until it is mended: ${invalid.message}`,
      view: {
        hash,
        origin,
        since,
        document: document as unknown as JsonObject,
        invalid,
        announced: announced && {
          hash: announced.hash,
          from: announced.from,
          document: announced.document as unknown as JsonObject,
        },
        faults: [],
      },
    };
  }

  #notify(policy: CurrentPolicy): void {
    for (const listener of this.#listeners) {
      try {
        listener(policy);
      } catch (error) {
        this.#logger.error(
          `A listener of the policy failed: ${stringifyError(error)}`,
        );
      }
    }
  }

  #tell(
    before: ActivePolicy | undefined,
    after: Omit<ActivePolicy, 'revision'>,
  ): void {
    if (before?.hash !== after.hash) {
      this.#logger.info(
        `Policy ${after.hash.slice(0, 12)} (${after.origin}) is in force`,
      );
    }
    if (after.announced && before?.announced?.hash !== after.announced.hash) {
      this.#logger.warn(
        `Policy ${after.announced.hash.slice(0, 12)} (${after.announced.origin}) is looser or older than the one in force; it holds from ${new Date(after.announced.from).toISOString()}`,
      );
    }
    if (after.invalid && before?.invalid?.message !== after.invalid.message) {
      this.#logger.error(
        `A newer policy cannot be used, so nothing runs by itself until it is mended: ${after.invalid.message}`,
      );
    }
    if (before?.invalid && !after.invalid) {
      this.#logger.info('The policy is mended; tier 1 goes on');
    }
  }
}
