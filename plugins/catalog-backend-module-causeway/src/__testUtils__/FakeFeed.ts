import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  FeedItem,
  FeedPage,
} from '@causeway/backstage-plugin-causeway-common';
import { Router } from 'express';

/** A feed as the Causeway backend keeps one, in memory. */
export class FakeFeed {
  epoch = 'first';
  /** What to claim to hold beyond what it holds. */
  missing = 0;
  /** Answers this instead of a page. */
  answer?: { status: number; body: string };
  /** Called before each answer with its number. */
  onRead?: (read: number) => void;
  reads = 0;
  #sequence = 0;
  readonly #log = new Map<string, { at: number; item: unknown }>();

  put(...entities: Entity[]): void {
    for (const entity of entities) {
      const entityRef = stringifyEntityRef(entity);
      this.putItem(entityRef, {
        entityRef,
        entity,
        ...(entity.kind === 'Component' ? {} : { locationKey: 'causeway' }),
      });
    }
  }

  /** Anything, as the item of a reference. */
  putItem(key: string, item: unknown): void {
    this.#sequence += 1;
    this.#log.delete(key);
    this.#log.set(key, { at: this.#sequence, item });
  }

  remove(entityRef: string): void {
    this.putItem(entityRef, { entityRef });
  }

  /** Loses an entity without a word, as a new database would. */
  forget(entityRef: string): void {
    this.#log.delete(entityRef);
  }

  read(query: { epoch?: string; cursor?: string; limit: number }): FeedPage {
    const known = query.epoch === this.epoch && query.cursor !== undefined;
    const [after, passUntil] = known
      ? query.cursor!.split(':').map(Number)
      : [0, this.#sequence];
    const living = (item: unknown) =>
      (item as FeedItem).entity !== undefined || !(item as FeedItem).entityRef;
    const waiting = [...this.#log.values()].filter(
      ({ at, item }) => at > after && (at > passUntil || living(item)),
    );
    const page = waiting.slice(0, query.limit);
    const last = page.at(-1)?.at ?? Math.max(after, passUntil);
    return {
      epoch: this.epoch,
      cursor: `${last}:${passUntil}`,
      more: waiting.length > page.length,
      fullPass: after < passUntil || !known,
      total:
        [...this.#log.values()].filter(({ item }) => living(item)).length +
        this.missing,
      items: page.map(({ item }) => item as FeedItem),
    };
  }

  /** The backend plugin that serves it, to the catalog only. */
  get plugin() {
    return createBackendPlugin({
      pluginId: 'causeway',
      register: env => {
        env.registerInit({
          deps: {
            httpAuth: coreServices.httpAuth,
            httpRouter: coreServices.httpRouter,
          },
          init: async ({ httpAuth, httpRouter }) => {
            const router = Router();
            router.get('/estate/feed', (req, res, next) => {
              this.reads += 1;
              this.onRead?.(this.reads);
              httpAuth
                .credentials(req, { allow: ['service'] })
                .then(({ principal }) => {
                  if (principal.subject !== 'plugin:catalog') {
                    throw new NotAllowedError('Only the catalog reads it');
                  }
                  if (this.answer) {
                    res.status(this.answer.status).send(this.answer.body);
                    return;
                  }
                  const { epoch, cursor, limit } = req.query as Record<
                    string,
                    string
                  >;
                  res.json(this.read({ epoch, cursor, limit: Number(limit) }));
                })
                .catch(next);
            });
            httpRouter.use(router);
          },
        });
      },
    });
  }
}
