import type { Knex } from 'knex';
import type { AuditWriter } from '../ports';
import type { AuditLog } from './AuditLog';
import type { AuditorForwarder } from './AuditorForwarder';
import type { NewAuditEntry } from './NewAuditEntry';

/** Writes the trail, and tells Backstage's auditor once that is committed. */
export class ForwardedAudit implements AuditWriter {
  readonly #log: Pick<AuditLog, 'append'>;
  readonly #forwarder: Pick<AuditorForwarder, 'forward'>;

  constructor(
    log: Pick<AuditLog, 'append'>,
    forwarder: Pick<AuditorForwarder, 'forward'>,
  ) {
    this.#log = log;
    this.#forwarder = forwarder;
  }

  async append(
    trx: Knex.Transaction,
    entries: readonly NewAuditEntry[],
  ): Promise<void> {
    await this.#log.append(trx, entries);
    trx.executionPromise.then(
      () => this.#forwarder.forward(entries),
      () => {
        // Rolled back: nothing happened, and nobody is told.
      },
    );
  }
}
