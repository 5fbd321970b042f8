import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { pageLimit, type FeedClient } from './FeedClient';
import type { FeedState, FeedStore } from './FeedStore';
import type { FeedEntity, ParsedFeedPage } from './parseFeedPage';

/** A pass that would remove more than this share waits for another one to confirm it ... */
const guardedShare = 0.5;
/** ... unless it is about so few entities. */
const guardedFrom = 20;
const confirmIn = 5 * 60_000;
const retryIncompleteIn = 10 * 60_000;

/**
 * Takes the estate's feed into the catalog, one page a step.
 *
 * A step notes the entities of a page, applies them, and then moves the cursor
 * on. All three can be repeated, and the cursor moves last: a crash anywhere
 * between them repeats a page and loses or doubles nothing.
 *
 * Reading starts with a full pass, and so does every new epoch and every day.
 * What a complete pass did not mention is gone and is removed; a pass that fell
 * short of what the feed says it holds removes nothing.
 */
export class FeedConsumer {
  readonly #client: Pick<FeedClient, 'read'>;
  readonly #store: FeedStore;
  readonly #connection: EntityProviderConnection;
  readonly #logger: LoggerService;
  readonly #reconcile: number;

  constructor(options: {
    client: Pick<FeedClient, 'read'>;
    store: FeedStore;
    connection: EntityProviderConnection;
    logger: LoggerService;
    /** Milliseconds between full passes. */
    reconcile: number;
  }) {
    this.#client = options.client;
    this.#store = options.store;
    this.#connection = options.connection;
    this.#logger = options.logger;
    this.#reconcile = options.reconcile;
  }

  /**
   * Takes one page.
   *
   * @returns whether more is waiting, or undefined while another replica reads the feed
   */
  async step(signal: AbortSignal): Promise<boolean | undefined> {
    let state = await this.#store.claim();
    if (!state) return undefined;
    const started = state.passOpen && state.position.cursor !== undefined;
    if (!started && (state.passOpen || state.passDue)) {
      state = await this.#beginPass(state);
    }
    const page = await this.#client.read(state.position, signal);
    if (page.fullPass && page.position.epoch !== state.position.epoch) {
      // Known cursors have no meaning any more: this is the first page of a
      // pass, asked for or not.
      if (state.position.epoch !== undefined) {
        this.#logger.info(
          'The feed of the estate begins a new epoch: reading it from its beginning',
        );
        state = await this.#beginPass(state);
      }
    }
    await this.#apply(page, state);
    if (page.more) return true;
    if (state.passOpen) await this.#endPass(page.total);
    return false;
  }

  async #beginPass(state: FeedState): Promise<FeedState> {
    const begun = {
      position: {},
      pass: state.pass + 1,
      passOpen: true,
      passSkipped: 0,
      passUnsure: false,
    };
    await this.#store.commit(begun);
    return { ...state, ...begun };
  }

  async #apply(page: ParsedFeedPage, state: FeedState): Promise<void> {
    const { added, removed, skipped } = page;
    const { pass } = state;
    const named = skipped.flatMap(({ entityRef }) => entityRef ?? []);
    if (skipped.length) {
      const examples = skipped
        .slice(0, 3)
        .map(({ entityRef, reason }) => `${entityRef ?? 'an item'} ${reason}`);
      this.#logger.warn(
        `Left out ${skipped.length} of ${added.length + removed.length + skipped.length} items of the estate's feed that are no entities: ${examples.join('; ')}`,
      );
    }
    await this.#store.note(added, pass);
    const kept = await this.#store.keep(named, pass);
    await this.#mutate(added, removed);
    await this.#store.commit(
      {
        position: page.position,
        passSkipped: state.passSkipped + named.length - kept,
        passUnsure: state.passUnsure || named.length < skipped.length,
      },
      removed,
    );
    if (added.length || removed.length) {
      this.#logger.debug(
        `Took ${added.length} entities and ${removed.length} removals from the estate's feed`,
      );
    }
  }

  /** Compares what the pass saw with what the catalog has, and removes the rest. */
  async #endPass(total: number): Promise<void> {
    const state = await this.#store.claim();
    if (!state) return;
    const { all, seen } = await this.#store.count(state.pass);
    const end = { passOpen: false, passSkipped: 0, passUnsure: false };
    if (state.passUnsure || seen + state.passSkipped < total) {
      this.#logger.warn(
        `The estate's feed gave ${seen + state.passSkipped} of ${total} entities in a full pass${
          state.passUnsure ? ' and items without a reference' : ''
        }: nothing is removed, the next full pass is in ${retryIncompleteIn / 60_000} minutes`,
      );
      await this.#store.commit({ ...end, nextPassIn: retryIncompleteIn });
      return;
    }
    const gone = all - seen;
    if (gone >= guardedFrom && gone > all * guardedShare && !state.held) {
      this.#logger.warn(
        `The estate's feed no longer has ${gone} of ${all} entities: they stay until another full pass in ${confirmIn / 60_000} minutes confirms it`,
      );
      await this.#store.commit({ ...end, held: true, nextPassIn: confirmIn });
      return;
    }
    await this.#removeUnseen(state.pass);
    await this.#store.commit({
      ...end,
      held: false,
      nextPassIn: this.#reconcile,
    });
    this.#logger.info(
      `A full pass over the estate's feed is complete: ${seen} entities${gone ? `, ${gone} removed` : ''}`,
    );
  }

  async #removeUnseen(pass: number): Promise<void> {
    for (;;) {
      const unseen = await this.#store.listUnseen(pass, pageLimit);
      if (!unseen.length || !(await this.#store.claim())) return;
      await this.#mutate([], unseen);
      await this.#store.commit({ pass }, unseen);
    }
  }

  async #mutate(added: FeedEntity[], removed: string[]): Promise<void> {
    if (!added.length && !removed.length) return;
    await this.#connection.applyMutation({
      type: 'delta',
      added: added.map(({ entity, locationKey }) => ({ entity, locationKey })),
      removed: removed.map(entityRef => ({ entityRef })),
    });
  }
}
