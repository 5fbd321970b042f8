import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { HistoryBounds } from './HistoryBounds';
import { pruneChanges } from './pruneChanges';

/** What is kept within which bounds. */
export interface ChangePrunerOptions {
  database: Knex;
  bounds: HistoryBounds;
  logger: LoggerService;
  /** Milliseconds between looks. Defaults to an hour. */
  every?: number;
}

/** Keeps the log of changes within its bounds for as long as it runs. */
export class ChangePruner {
  readonly #options: ChangePrunerOptions;
  #timer?: NodeJS.Timeout;
  #running?: Promise<void>;

  constructor(options: ChangePrunerOptions) {
    this.#options = options;
  }

  start(): void {
    const { every = 60 * 60_000 } = this.#options;
    this.#timer = setInterval(() => {
      this.#running ??= this.#prune().finally(() => {
        this.#running = undefined;
      });
    }, every);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #prune(): Promise<void> {
    const { database, bounds, logger } = this.#options;
    try {
      const forgotten = await pruneChanges(database, bounds);
      if (forgotten > 0) {
        logger.debug(`Forgot ${forgotten} changes of the estate of long ago`);
      }
    } catch (error) {
      logger.warn(
        `Could not forget old changes of the estate, which goes on growing until the next try: ${error}`,
      );
    }
  }
}
