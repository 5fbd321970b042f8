import {
  checkpointLine,
  readCheckpointLine,
  readDatabaseId,
  type SignedCheckpoint,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { runSql } from '../../sql/runSql';
import { AnchorMismatch } from './AnchorMismatch';

interface DbCheckpointRow {
  number: number | string;
  line: string;
}

const pageSize = 500;

/** Checkpoints that were signed, kept for sinks. SQL only. */
export class CheckpointStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Random id of this database. */
  async databaseId(): Promise<string> {
    const id = await readDatabaseId(runSql(this.#knex));
    if (id === undefined) {
      throw new AnchorMismatch(
        'the database has lost its id (gate_audit_identity is empty)',
      );
    }
    return id;
  }

  async last(): Promise<SignedCheckpoint | undefined> {
    const row = await this.#knex('gate_audit_checkpoints')
      .orderBy('number', 'desc')
      .first<DbCheckpointRow | undefined>('number', 'line');
    return row && toCheckpoint(row);
  }

  async get(number: number): Promise<SignedCheckpoint | undefined> {
    const row = await this.#knex('gate_audit_checkpoints')
      .where({ number })
      .first<DbCheckpointRow | undefined>('number', 'line');
    return row && toCheckpoint(row);
  }

  /** Those after one, in their order. */
  async after(number: number, limit: number): Promise<SignedCheckpoint[]> {
    const rows: DbCheckpointRow[] = await this.#knex('gate_audit_checkpoints')
      .where('number', '>', number)
      .orderBy('number')
      .limit(limit)
      .select('number', 'line');
    return rows.map(toCheckpoint);
  }

  /** All of them as lines, as they are: what was changed shows elsewhere. */
  async *lines(): AsyncGenerator<string> {
    let after = 0;
    for (;;) {
      const rows: DbCheckpointRow[] = await this.#knex('gate_audit_checkpoints')
        .where('number', '>', after)
        .orderBy('number')
        .limit(pageSize)
        .select('number', 'line');
      yield* rows.map(({ line }) => line);
      if (rows.length < pageSize) {
        return;
      }
      after = Number(rows[rows.length - 1].number);
    }
  }

  /** False where there is one of that number, or of that entry, already. */
  async add(signed: SignedCheckpoint): Promise<boolean> {
    const { number, seq } = signed.checkpoint;
    try {
      await this.#knex('gate_audit_checkpoints').insert({
        number,
        seq,
        line: checkpointLine(signed),
      });
      return true;
    } catch (error) {
      const taken = await this.#knex('gate_audit_checkpoints')
        .where({ number })
        .orWhere({ seq })
        .first('number');
      if (taken) {
        return false;
      }
      throw error;
    }
  }
}

function toCheckpoint({ number, line }: DbCheckpointRow): SignedCheckpoint {
  const signed = readCheckpointLine(line);
  if (signed?.checkpoint.number !== Number(number)) {
    throw new AnchorMismatch(
      `checkpoint ${number} in the database is no checkpoint any more: somebody changed it`,
    );
  }
  return signed;
}
