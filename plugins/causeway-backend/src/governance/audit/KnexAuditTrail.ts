import type {
  AuditPage,
  AuditQuery,
  AuditVerification,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { readDatabaseTime } from '../../estate/partitions/databaseTime';
import { AuditReader } from './AuditReader';
import type { AuditTrail } from './AuditTrail';
import { AuditVerifier } from './AuditVerifier';
import { exportAudit } from './exportAudit';

/** The trail in the plugin's database, to read. */
export class KnexAuditTrail implements AuditTrail {
  readonly #knex: Knex;
  readonly #reader: AuditReader;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#reader = new AuditReader(knex);
  }

  async search(query: AuditQuery): Promise<AuditPage> {
    const page = await this.#reader.search(query);
    return { ...page, now: await readDatabaseTime(this.#knex) };
  }

  verify(): Promise<AuditVerification> {
    return new AuditVerifier({ knex: this.#knex }).verify();
  }

  async *export(query: AuditQuery): AsyncIterable<string> {
    const { cursor: _cursor, limit: _limit, ...filter } = query;
    yield* exportAudit({
      reader: this.#reader,
      filter,
      at: await readDatabaseTime(this.#knex),
    });
  }
}
