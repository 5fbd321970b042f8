import type {
  ChangeType,
  FactValue,
  Origin,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { factsByName } from '../facts/catalogue';
import type { ChangeQuery, ChangeReader, LoggedChange } from './ChangeReader';

/** References of one statement; PostgreSQL takes at most 65,535 values, SQLite 32,766. */
const batchSize = 10_000;

/** A row of `estate_changes`. */
export interface DbChangeRow {
  seq: number | string;
  at: number | string;
  ref: string;
  what: ChangeType;
  attribute: string | null;
  other_ref: string | null;
  before: string | null;
  after: string | null;
  origin: Origin | null;
  source: string | null;
}

function toValue(json: string | null): FactValue | undefined {
  return json === null ? undefined : JSON.parse(json);
}

function toChange(row: DbChangeRow): LoggedChange {
  // A fact that is in the log and told no more has neither.
  const fact =
    row.what === 'changed' ? factsByName.get(row.attribute ?? '') : undefined;
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    entityRef: row.ref,
    what: row.what,
    attribute: row.attribute ?? undefined,
    otherRef: row.other_ref ?? undefined,
    ...(fact && { type: fact.type, unit: fact.unit }),
    before: toValue(row.before),
    after: toValue(row.after),
    origin: row.origin ?? undefined,
    source: row.source ?? undefined,
  };
}

/** The log of changes in the database. */
export class KnexChangeReader implements ChangeReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(query: ChangeQuery): Promise<LoggedChange[]> {
    const { refs, limit } = query;
    if (!refs || refs.length <= batchSize) {
      return this.#page(query);
    }
    const found: LoggedChange[] = [];
    for (let start = 0; start < refs.length; start += batchSize) {
      const batch = refs.slice(start, start + batchSize);
      found.push(
        ...(await this.#page({
          ...query,
          refs: batch,
          removedFrom: start === 0 ? query.removedFrom : undefined,
        })),
      );
    }
    return found.sort((a, b) => b.seq - a.seq).slice(0, limit);
  }

  async begun(): Promise<number | undefined> {
    const { began_at: begun } = await this.#knex('estate_changes_state')
      .where({ id: 1 })
      .first('began_at');
    return begun === null ? undefined : Number(begun);
  }

  async #page(query: ChangeQuery): Promise<LoggedChange[]> {
    const { refs, removedFrom, what, attribute, since, until, before, limit } =
      query;
    const rows: DbChangeRow[] = await this.#knex('estate_changes')
      .modify(select => {
        if (refs) {
          select.where(named =>
            named.whereIn('ref', [...refs]).modify(or => {
              if (removedFrom)
                or.orWhere(gone => this.#gone(gone, removedFrom));
            }),
          );
        }
        if (what) select.whereIn('what', [...what]);
        if (attribute !== undefined) select.where({ attribute });
        if (since !== undefined) select.where('at', '>=', since);
        if (until !== undefined) select.where('at', '<', until);
        if (before !== undefined) select.where('seq', '<', before);
      })
      .orderBy('seq', 'desc')
      .limit(limit);
    return rows.map(toChange);
  }

  #gone(
    select: Knex.QueryBuilder,
    { owners, environments }: NonNullable<ChangeQuery['removedFrom']>,
  ): void {
    select.where({ what: 'removed' });
    if (owners) select.whereIn('owner', [...owners]);
    if (environments) select.whereIn('environment', [...environments]);
  }
}
