import type { AuditVerification } from '@causeway/backstage-plugin-causeway-common';
import {
  type Anchor,
  verifyDatabase,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { runSql } from '../sql/runSql';

/** Verifies the trail in the plugin's own database. */
export class AuditVerifier {
  readonly #knex: Knex;

  readonly #now: () => number;

  constructor(options: { knex: Knex; now?: () => number }) {
    this.#knex = options.knex;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @param options.anchors - where the trail once ended, as it was kept elsewhere */
  verify(
    options: { anchors?: readonly Anchor[] } = {},
  ): Promise<AuditVerification> {
    return verifyDatabase({
      run: runSql(this.#knex),
      now: this.#now,
      anchors: options.anchors,
    });
  }
}
