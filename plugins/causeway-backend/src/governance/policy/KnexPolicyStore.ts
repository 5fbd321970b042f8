import type { PolicyDocument } from '@causeway/backstage-plugin-causeway-common/policy';
import type { Knex } from 'knex';
import {
  databaseTimeSql,
  readDatabaseTime,
} from '../../estate/partitions/databaseTime';
import type { ActivePolicy, PolicyRow, PolicyStore } from './PolicyStore';

interface DbPolicyRow {
  revision: number | string;
  hash: string;
  origin: string;
  since: number | string;
  document: string;
  announced_hash: string | null;
  announced_origin: string | null;
  announced_from: number | string | null;
  announced_seen: number | string | null;
  announced_document: string | null;
  invalid_message: string | null;
  invalid_at: number | string | null;
}

/** Puts a change of the row on record. */
export type RecordPolicy = (
  tx: Knex.Transaction,
  row: PolicyRow,
) => Promise<void>;

const id = 1;

/** The policy in force in the plugin's database. */
export class KnexPolicyStore implements PolicyStore {
  readonly #knex: Knex;

  readonly #record: RecordPolicy | undefined;

  /** @param options - `record` is called in the writing transaction: what changes the row goes on record with it */
  constructor(knex: Knex, options: { record?: RecordPolicy } = {}) {
    this.#knex = knex;
    this.#record = options.record;
  }

  async read(): Promise<{ row: ActivePolicy | undefined; now: number }> {
    const row = await this.#knex('gate_policy')
      .where({ id })
      .first<(DbPolicyRow & { now: number | string }) | undefined>(
        '*',
        this.#knex.raw(`${databaseTimeSql(this.#knex)} as now`),
      );
    return row
      ? { row: fromRow(row), now: Number(row.now) }
      : { row: undefined, now: await readDatabaseTime(this.#knex) };
  }

  async revision(): Promise<number | undefined> {
    const row = await this.#knex('gate_policy')
      .where({ id })
      .first<{ revision: number | string } | undefined>('revision');
    return row && Number(row.revision);
  }

  async wasInForce(hash: string): Promise<boolean> {
    return (
      (await this.#knex('gate_policy_history').where({ hash }).first()) !==
      undefined
    );
  }

  async replace(before: number | undefined, row: PolicyRow): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const columns = toRow(row);
      const revision = (before ?? 0) + 1;
      if (before === undefined) {
        const inserted = await tx('gate_policy')
          .insert({ id, revision, ...columns })
          .onConflict('id')
          .ignore()
          .returning('id');
        if (inserted.length === 0) {
          return false;
        }
      } else {
        const updated = await tx('gate_policy')
          .where({ id, revision: before })
          .update({ revision, ...columns });
        if (updated === 0) {
          return false;
        }
      }
      await tx('gate_policy_history')
        .insert({ hash: row.hash, since: row.since })
        .onConflict('hash')
        .ignore();
      await this.#record?.(tx, row);
      return true;
    });
  }
}

function fromRow(row: DbPolicyRow): ActivePolicy {
  return {
    revision: Number(row.revision),
    hash: row.hash,
    origin: row.origin,
    since: Number(row.since),
    document: JSON.parse(row.document) as PolicyDocument,
    announced:
      row.announced_hash === null
        ? undefined
        : {
            hash: row.announced_hash,
            origin: row.announced_origin ?? '',
            document: JSON.parse(row.announced_document!) as PolicyDocument,
            from: Number(row.announced_from),
            seen: Number(row.announced_seen),
          },
    invalid:
      row.invalid_message === null
        ? undefined
        : { message: row.invalid_message, at: Number(row.invalid_at) },
  };
}

function toRow(row: PolicyRow): Omit<DbPolicyRow, 'revision'> {
  const { announced, invalid } = row;
  return {
    hash: row.hash,
    origin: row.origin,
    since: row.since,
    document: JSON.stringify(row.document),
    announced_hash: announced?.hash ?? null,
    announced_origin: announced?.origin ?? null,
    announced_from: announced?.from ?? null,
    announced_seen: announced?.seen ?? null,
    announced_document: announced ? JSON.stringify(announced.document) : null,
    invalid_message: invalid?.message ?? null,
    invalid_at: invalid?.at ?? null,
  };
}
