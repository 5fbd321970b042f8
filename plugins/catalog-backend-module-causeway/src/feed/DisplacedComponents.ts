import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type {
  CatalogService,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { FeedStore } from './FeedStore';

const refsAtOnce = 200;

/**
 * Brings inferred Components back. A hand-written Component of the same name
 * displaces ours in the catalog without a word to us; when it goes, the name is
 * free, the estate has nothing new to say, and somebody has to send ours again.
 */
export class DisplacedComponents {
  readonly #auth: AuthService;
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly #store: FeedStore;
  readonly #connection: EntityProviderConnection;
  readonly #logger: LoggerService;

  constructor(options: {
    auth: AuthService;
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    store: FeedStore;
    connection: EntityProviderConnection;
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#store = options.store;
    this.#connection = options.connection;
    this.#logger = options.logger;
  }

  /** Sends those again whose names nobody has. One of ours that is still on its way is sent twice, which changes nothing. */
  async restore(signal: AbortSignal): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    let after = '';
    while (!signal.aborted) {
      const ours = await this.#store.listDisplaceable(after, refsAtOnce);
      const last = ours.at(-1);
      if (!last || !(await this.#store.claim())) return;
      after = last.entityRef;
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: ours.map(({ entityRef }) => entityRef),
          fields: ['kind'],
        },
        { credentials },
      );
      const missing = ours.filter((_, index) => !items[index]);
      if (missing.length) {
        await this.#connection.applyMutation({
          type: 'delta',
          added: missing.map(({ entity }) => ({ entity })),
          removed: [],
        });
        this.#logger.debug(
          `Sent ${missing.length} inferred Components again whose names nobody has`,
        );
      }
    }
  }
}
