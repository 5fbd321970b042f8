import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { catalogClaimsTopic } from '@causeway/backstage-plugin-causeway-common';

/**
 * Tells the estate that hand-written claims may have changed: once for all
 * changes of a short while. The while is also what the catalog needs until a
 * processed entity can be read from it; a hint that comes too early or gets
 * lost costs only time, because the estate reads claims by itself too.
 */
export class ClaimHints {
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: LoggerService;
  readonly #milliseconds: number;
  #timer?: NodeJS.Timeout;

  constructor(options: {
    events: Pick<EventsService, 'publish'>;
    logger: LoggerService;
    /** How long changes are collected. Defaults to 2 seconds. */
    milliseconds?: number;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
    this.#milliseconds = options.milliseconds ?? 2_000;
  }

  /** A hand-written Component changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#publish();
    }, this.#milliseconds).unref();
  }

  /** Gives up a hint that is not out yet. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #publish(): void {
    this.#events
      .publish({ topic: catalogClaimsTopic, eventPayload: {} })
      .catch(error =>
        this.#logger.debug(`Could not publish a claims hint: ${error}`),
      );
  }
}
