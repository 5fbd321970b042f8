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

/**
 * Writes the trail anew, as somebody with all rights can: every hash is
 * computed again and fits.
 */
export async function rewrite(
  knex: Knex,
  change: (entries: NewAuditEntry[]) => NewAuditEntry[],
): Promise<void> {
  await tamper(knex, async trx => {
    const rows: { canonical: string }[] = await trx('gate_audit_entries')
      .orderBy('seq')
      .select('canonical');
    await trx('gate_audit_texts').delete();
    await trx('gate_audit_entries').delete();
    await trx('gate_audit_head').update({ seq: 0, hash: '0'.repeat(64) });
    const entries = rows.map(({ canonical }) => {
      const { seq: _seq, texts: _texts, ...told } = JSON.parse(canonical);
      return told as NewAuditEntry;
    });
    await new AuditLog().append(trx, change(entries));
  });
}

const copied = [
  'gate_audit_entries',
  'gate_audit_texts',
  'gate_audit_head',
  'gate_audit_identity',
  'gate_audit_checkpoints',
  'gate_audit_anchor_steps',
];

/** Takes a copy of the trail and all that belongs to it; the answer puts it back. */
export async function takeCopy(knex: Knex): Promise<() => Promise<void>> {
  const rows = await Promise.all(copied.map(table => knex(table).select()));
  return () =>
    tamper(knex, async trx => {
      for (const table of [...copied].reverse()) {
        await trx(table).delete();
      }
      for (const [index, table] of copied.entries()) {
        if (rows[index].length > 0) {
          await trx.batchInsert(table, rows[index], 50);
        }
      }
    });
}
