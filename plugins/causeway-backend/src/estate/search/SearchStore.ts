import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { databaseTimeSql } from '../partitions/databaseTime';
import { isComposed } from '../projection/composed';
import type { EntityContext } from '../projection/model';
import { contextValues } from './contextValues';
import {
  toSearchRow,
  type SearchRow,
  type SearchValues,
} from './SearchDocument';

/** How far the index has come. */
export interface SearchState {
  /** Epoch milliseconds of the projection that it holds. */
  projectedAt: number;
  /** Epoch milliseconds when everything hand-written was last read. */
  catalogReadAt: number;
  /** Epoch milliseconds when it was last seen to hold the newest projection. */
  checkedAt: number;
}

interface Stale {
  ref: string;
  entity: string;
  entity_hash: string;
  context: string | null;
  context_hash: string | null;
}

/** Fields that follow from an entity; the others follow from its context. */
const entityFields = ['tag', 'parent'];

/** SQLite takes at most 500 rows in one multi-row insert. */
const batchSize = 200;

function* batches<T>(list: readonly T[]): Iterable<T[]> {
  for (let start = 0; start < list.length; start += batchSize) {
    yield list.slice(start, start + batchSize);
  }
}

function toValueRows(ref: string, values: SearchValues) {
  return Object.entries(values).flatMap(([field, list]) =>
    [...new Set(list)].map(value => ({ ref, field, value })),
  );
}

/**
 * Writes the index of the search. What differs is found by comparing hashes in
 * the database, so that whatever went wrong before is put right by the next
 * pass, and an unchanged estate writes nothing.
 */
export class SearchStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** When the estate was last projected, 0 for never. */
  async projectedAt(): Promise<number> {
    const row = await this.#knex('estate_projection')
      .where({ id: 1 })
      .first('projected_at');
    return Number(row.projected_at ?? 0);
  }

  async state(): Promise<SearchState> {
    const row = await this.#knex('estate_search_state')
      .where({ id: 1 })
      .first();
    return {
      projectedAt: Number(row.projected_at),
      catalogReadAt: Number(row.catalog_read_at),
      checkedAt: Number(row.checked_at),
    };
  }

  /** Takes the right to write for a while; one replica at a time is enough. */
  async acquire(milliseconds: number): Promise<boolean> {
    const now = databaseTimeSql(this.#knex);
    const taken = await this.#knex('estate_search_state')
      .where({ id: 1 })
      .andWhereRaw(`lease_expires_at <= ${now}`)
      .update({
        lease_expires_at: this.#knex.raw(`${now} + ?`, [milliseconds]),
      });
    return taken === 1;
  }

  /** Gives the right back and records what has been reached. */
  async release(reached: Partial<SearchState>): Promise<void> {
    await this.#knex('estate_search_state')
      .where({ id: 1 })
      .update({
        lease_expires_at: 0,
        ...(reached.projectedAt !== undefined && {
          projected_at: reached.projectedAt,
        }),
        ...(reached.checkedAt !== undefined && {
          checked_at: reached.checkedAt,
        }),
        ...(reached.catalogReadAt !== undefined && {
          catalog_read_at: reached.catalogReadAt,
        }),
      });
  }

  /**
   * Brings a page of ingested entities up to date.
   *
   * @returns where to go on, `undefined` when all are
   */
  async refreshIngested(after: string): Promise<string | undefined> {
    const stale: Stale[] = await this.#knex('estate_entities as e')
      .leftJoin('estate_contexts as c', 'c.ref', 'e.ref')
      .leftJoin('estate_search as s', 's.ref', 'e.ref')
      .whereNull('e.removed_at')
      .andWhere('e.ref', '>', after)
      .andWhere(differs =>
        differs.whereNull('s.ref').orWhere(ours =>
          ours
            // Where people took a name over, what they wrote counts.
            .where('s.origin', 'ingested')
            .andWhereRaw(
              "(s.entity_hash <> e.hash or s.context_hash <> coalesce(c.hash, ''))",
            ),
        ),
      )
      .orderBy('e.ref')
      .limit(batchSize)
      .select(
        'e.ref',
        'e.entity',
        'e.hash as entity_hash',
        'c.context',
        'c.hash as context_hash',
      );
    if (stale.length === 0) {
      return undefined;
    }
    await this.#knex.transaction(tx =>
      this.#write(
        tx,
        'ingested',
        stale.map(({ entity, entity_hash, context, context_hash }) => ({
          row: toSearchRow(JSON.parse(entity)),
          entityHash: entity_hash,
          context: context === null ? undefined : JSON.parse(context),
          contextHash: context_hash ?? '',
        })),
      ),
    );
    return stale[stale.length - 1].ref;
  }

  /** Forgets ingested entities that are gone. */
  async forgetIngested(): Promise<void> {
    const gone: string[] = await this.#knex('estate_search')
      .where('origin', 'ingested')
      .whereNotExists(living =>
        living
          .select(this.#knex.raw('1'))
          .from('estate_entities as e')
          .whereRaw('e.ref = estate_search.ref and e.removed_at is null'),
      )
      .pluck('ref');
    await this.#forget(gone);
  }

  /** Brings what the estate knows of hand-written entities up to date. */
  async refreshEnriched(): Promise<void> {
    const stale: Pick<Stale, 'ref' | 'context' | 'context_hash'>[] =
      await this.#knex('estate_search as s')
        .leftJoin('estate_contexts as c', 'c.ref', 's.ref')
        .where('s.origin', 'catalog')
        .andWhereRaw("s.context_hash <> coalesce(c.hash, '')")
        .select('s.ref', 'c.context', 'c.hash as context_hash');
    for (const batch of batches(stale)) {
      await this.#knex.transaction(async tx => {
        for (const { ref, context, context_hash } of batch) {
          const known = context === null ? undefined : JSON.parse(context);
          await tx('estate_search')
            .where({ ref })
            .update({
              context_hash: context_hash ?? '',
              composed: isComposed(known) ? 1 : 0,
            });
          await tx('estate_search_values')
            .where({ ref })
            .whereNotIn('field', entityFields)
            .delete();
          await this.#insertValues(tx, toValueRows(ref, contextValues(known)));
        }
      });
    }
  }

  /** Brings hand-written entities up to date as they were just read. */
  async putHandWritten(entities: readonly Entity[]): Promise<void> {
    for (const batch of batches(entities.map(toSearchRow))) {
      const stored: { ref: string; entity_hash: string; origin: string }[] =
        await this.#knex('estate_search')
          .whereIn(
            'ref',
            batch.map(({ document }) => document.ref),
          )
          .select('ref', 'entity_hash', 'origin');
      const hashes = new Map(
        stored
          .filter(({ origin }) => origin === 'catalog')
          .map(row => [row.ref, row.entity_hash]),
      );
      const changed = batch.filter(
        ({ document, hash }) => hashes.get(document.ref) !== hash,
      );
      if (changed.length > 0) {
        await this.#knex.transaction(tx =>
          this.#write(
            tx,
            'catalog',
            // Their context is joined by the pass that follows.
            changed.map(row => ({
              row,
              entityHash: row.hash,
              contextHash: '',
            })),
          ),
        );
      }
    }
  }

  /** Forgets hand-written entities that a complete pass did not see. */
  async keepHandWritten(seen: ReadonlySet<string>): Promise<void> {
    const stored: string[] = await this.#knex('estate_search')
      .where('origin', 'catalog')
      .pluck('ref');
    await this.#forget(stored.filter(ref => !seen.has(ref)));
  }

  async #forget(refs: readonly string[]): Promise<void> {
    for (const batch of batches(refs)) {
      await this.#knex.transaction(async tx => {
        await tx('estate_search_values').whereIn('ref', batch).delete();
        await tx('estate_search').whereIn('ref', batch).delete();
      });
    }
  }

  async #write(
    tx: Knex.Transaction,
    origin: 'ingested' | 'catalog',
    wanted: {
      row: SearchRow;
      entityHash: string;
      context?: EntityContext;
      contextHash: string;
    }[],
  ): Promise<void> {
    await tx('estate_search_values')
      .whereIn(
        'ref',
        wanted.map(({ row }) => row.document.ref),
      )
      .delete();
    await tx('estate_search')
      .insert(
        wanted.map(({ row, entityHash, context, contextHash }) => ({
          ref: row.document.ref,
          origin,
          entity_hash: entityHash,
          context_hash: contextHash,
          kind: row.kind,
          type: row.document.type ?? '',
          owner: row.document.owner ?? '',
          lifecycle: row.document.lifecycle ?? '',
          deprecated: row.deprecated ? 1 : 0,
          composed: isComposed(context) ? 1 : 0,
          name: row.name,
          title: row.title,
          words: row.words,
          document: JSON.stringify(row.document),
        })),
      )
      .onConflict('ref')
      .merge();
    await this.#insertValues(
      tx,
      wanted.flatMap(({ row, context }) =>
        toValueRows(row.document.ref, {
          ...row.values,
          ...contextValues(context),
        }),
      ),
    );
  }

  async #insertValues(
    tx: Knex.Transaction,
    rows: { ref: string; field: string; value: string }[],
  ): Promise<void> {
    for (const batch of batches(rows)) {
      await tx('estate_search_values').insert(batch);
    }
  }
}
