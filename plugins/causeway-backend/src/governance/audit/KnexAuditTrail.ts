import { NotFoundError } from '@backstage/errors';
import type {
  AuditAnchors,
  AuditErasure,
  AuditPage,
  AuditQuery,
  AuditVerification,
} from '@causeway/backstage-plugin-causeway-common';
import {
  judgeByAnchors,
  readDatabaseId,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { readDatabaseTime } from '../../estate/partitions/databaseTime';
import type { AuditWriter } from '../ports';
import { runSql } from '../sql/runSql';
import type { AnchorSettings } from './anchors/AnchorSettings';
import { readAnchorStatus } from './anchors/readAnchorStatus';
import { readKeptAnchors } from './anchors/readKeptAnchors';
import { AuditLog } from './AuditLog';
import { AuditReader } from './AuditReader';
import type { AuditTrail } from './AuditTrail';
import { AuditVerifier } from './AuditVerifier';
import { eraseTexts } from './erasure/eraseTexts';
import { exportAudit } from './exportAudit';

/** The trail in the plugin's database. */
export class KnexAuditTrail implements AuditTrail {
  readonly #knex: Knex;
  readonly #reader: AuditReader;
  readonly #audit: AuditWriter;
  readonly #anchors?: AnchorSettings;
  readonly #textsKeptFor?: number;

  constructor(
    knex: Knex,
    options: {
      /** Puts erasures on record. */
      audit?: AuditWriter;
      /** Absent where nothing anchors the trail. */
      anchors?: AnchorSettings;
      /** Milliseconds; absent where texts are kept for good. */
      textsKeptFor?: number;
    } = {},
  ) {
    this.#knex = knex;
    this.#reader = new AuditReader(knex);
    this.#audit = options.audit ?? new AuditLog();
    this.#anchors = options.anchors;
    this.#textsKeptFor = options.textsKeptFor;
  }

  async search(query: AuditQuery): Promise<AuditPage> {
    const page = await this.#reader.search(query);
    return { ...page, now: await readDatabaseTime(this.#knex) };
  }

  async verify(): Promise<AuditVerification> {
    const verifier = new AuditVerifier({ knex: this.#knex });
    if (!this.#anchors) {
      return verifier.verify();
    }
    const kept = await readKeptAnchors(this.#knex, this.#anchors);
    return judgeByAnchors(
      await verifier.verify({ anchors: kept.heads }),
      kept,
      await readDatabaseId(runSql(this.#knex)),
    );
  }

  async *export(query: AuditQuery): AsyncIterable<string> {
    const { cursor: _cursor, limit: _limit, ...filter } = query;
    yield* exportAudit({
      reader: this.#reader,
      filter,
      at: await readDatabaseTime(this.#knex),
      database: await readDatabaseId(runSql(this.#knex)),
    });
  }

  async anchors(): Promise<AuditAnchors> {
    return {
      ...(await readAnchorStatus(this.#knex, this.#anchors)),
      ...(this.#textsKeptFor !== undefined && {
        textsKeptFor: this.#textsKeptFor,
      }),
    };
  }

  async erase(
    { seq, of, fields, why }: AuditErasure,
    by: string,
  ): Promise<{ texts: number; entries: number }> {
    const erased = await eraseTexts({
      database: this.#knex,
      audit: this.#audit,
      now: () => readDatabaseTime(this.#knex),
      entries: query => {
        if (seq !== undefined) {
          query.where('entry.seq', seq);
        }
        if (of !== undefined) {
          query.where('entry.by', of);
        }
      },
      fields,
      by,
      why,
      subject: of,
    });
    if (erased.texts === 0) {
      throw new NotFoundError(
        'The audit trail has no such text, or none any more: nothing was erased',
      );
    }
    return erased;
  }
}
