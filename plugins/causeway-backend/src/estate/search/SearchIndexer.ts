import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readHandWritten } from './readHandWritten';
import type { SearchStore } from './SearchStore';

/** What the indexer needs, and how often it looks. */
export interface SearchIndexerOptions {
  store: SearchStore;
  catalog: Pick<CatalogService, 'queryEntities'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  logger: LoggerService;
  /** Milliseconds between readings of what is hand-written, without a hint. */
  catalogRefresh: number;
  /** Milliseconds between looks at the projection. Defaults to 1000. */
  poll?: number;
  now?: () => number;
}

/** A replica that died while writing holds the others up for at most this long. */
const lease = 60_000;
/** How exact the time of the last check is; each record of it is a write. */
const checkedEvery = 5_000;
/** How soon a catalog that did not answer is asked again. */
const catalogRetry = 5_000;

/**
 * Keeps the index of the search up to date: with the projection whenever that
 * changed, with what is hand-written on an interval and on a hint. It runs on
 * every replica; the database decides who writes.
 */
export class SearchIndexer {
  readonly #options: Required<SearchIndexerOptions>;
  #timer?: NodeJS.Timeout;
  #running?: Promise<void>;
  #stopped = false;
  #hinted = false;
  #catalogDownUntil = 0;

  constructor(options: SearchIndexerOptions) {
    this.#options = {
      now: Date.now,
      ...options,
      poll: options.poll ?? 1_000,
    };
  }

  /** Begins to follow the projection and the catalog. */
  start(): void {
    this.#stopped = false;
    this.#schedule(0);
  }

  /** Hand-written entities may have changed: read them again at the next look. */
  hint(): void {
    this.#hinted = true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Looks once, and writes what differs. */
  async run(): Promise<void> {
    const { store, now, catalogRefresh } = this.#options;
    const [state, projectedAt] = await Promise.all([
      store.state(),
      store.projectedAt(),
    ]);
    const catalogDue =
      now() >= this.#catalogDownUntil &&
      (this.#hinted || now() - state.catalogReadAt >= catalogRefresh);
    const projected = projectedAt !== state.projectedAt;
    const checked = now() - state.checkedAt >= checkedEvery;
    if (
      (!catalogDue && !projected && !checked) ||
      !(await store.acquire(lease))
    ) {
      return;
    }
    const reached: Parameters<SearchStore['release']>[0] = {};
    try {
      if (catalogDue) {
        this.#hinted = false;
        reached.catalogReadAt = await this.#readCatalog();
      }
      if (projected || catalogDue) {
        await this.#followProjection();
      }
      if (!this.#stopped) {
        reached.projectedAt = projectedAt;
        reached.checkedAt = now();
      }
    } finally {
      await store.release(reached);
    }
  }

  async #followProjection(): Promise<void> {
    const { store } = this.#options;
    await store.forgetIngested();
    let after: string | undefined = '';
    while (after !== undefined && !this.#stopped) {
      after = await store.refreshIngested(after);
    }
    await store.refreshEnriched();
  }

  /** @returns when it was read, `undefined` when the catalog could not be */
  async #readCatalog(): Promise<number | undefined> {
    const { store, catalog, auth, logger, now } = this.#options;
    const begun = now();
    const seen = new Set<string>();
    try {
      for await (const entities of readHandWritten(catalog, auth)) {
        entities.forEach(entity => seen.add(stringifyEntityRef(entity)));
        await store.putHandWritten(entities);
      }
    } catch (error) {
      // What is known stays, with its age.
      this.#catalogDownUntil = now() + catalogRetry;
      logger.debug(`Could not read hand-written entities: ${error}`);
      return undefined;
    }
    await store.keepHandWritten(seen);
    return begun;
  }

  #schedule(delay: number): void {
    if (this.#stopped) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#running = this.run()
        .catch(error =>
          this.#options.logger.warn(
            `The index of the search stays as it was and the next look follows: ${error}`,
          ),
        )
        .finally(() => {
          this.#running = undefined;
          this.#schedule(this.#options.poll);
        });
    }, delay);
    this.#timer.unref();
  }
}
