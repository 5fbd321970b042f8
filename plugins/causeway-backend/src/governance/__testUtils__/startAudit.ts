import type { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import type { NewAuditEntry } from '../audit/NewAuditEntry';

export const at = 1_900_000_000_000;

/** An entry to change. */
export function entry(changes: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    type: 'request',
    action: 'Submitted',
    by: 'user:default/ada-okafor',
    requestId: 'r-1',
    subject: 'component:default/payment-api',
    detail: { state: 'pending', tier: 2 },
    at,
    ...changes,
  };
}

/** Appends in a transaction of its own. */
export async function append(
  knex: Knex,
  ...entries: NewAuditEntry[]
): Promise<void> {
  await knex.transaction(trx => new AuditLog().append(trx, entries));
}

/** Changes rows behind the guards, as somebody with all rights can. */
export async function tamper(
  knex: Knex,
  change: (trx: Knex.Transaction) => Promise<unknown>,
): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.transaction(async trx => {
      await trx.raw('set local session_replication_role = replica');
      await change(trx);
    });
    return;
  }
  const guards: { name: string; sql: string }[] = await knex(
    'sqlite_master',
  ).where({ type: 'trigger' });
  await knex.raw('pragma foreign_keys = off');
  await knex.transaction(async trx => {
    for (const { name } of guards) {
      await trx.raw(`drop trigger ${name}`);
    }
    await change(trx);
    for (const { sql } of guards) {
      await trx.raw(sql);
    }
  });
  await knex.raw('pragma foreign_keys = on');
}
