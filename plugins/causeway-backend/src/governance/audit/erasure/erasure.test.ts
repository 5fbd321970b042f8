import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../../estate/__testUtils__/testDatabases';
import { append, at, entry } from '../../__testUtils__/startAudit';
import { AuditLog } from '../AuditLog';
import { KnexAuditTrail } from '../KnexAuditTrail';
import { eraseOldTexts } from './eraseOldTexts';

jest.setTimeout(60_000);

const day = 86_400_000;
const databases = createTestDatabases();

async function start() {
  const knex = await databases.init(databaseId);
  await migrate(knex);
  const trail = new KnexAuditTrail(knex, { textsKeptFor: 30 * day });
  return { knex, trail };
}

/** Entries whose texts are there still. */
async function keptOf(knex: Knex): Promise<number[]> {
  const rows = await knex('gate_audit_texts')
    .whereNotNull('text')
    .orderBy('seq')
    .select('seq');
  return rows.map(({ seq }) => Number(seq));
}

describe(`texts beside the trail on ${databaseId}`, () => {
  it('are erased when they are old enough, and the trail says so and stays whole', async () => {
    const { knex, trail } = await start();
    await append(
      knex,
      ...Array.from({ length: 450 }, (_, n) =>
        entry({ at: at + n, erasable: { reason: `because of ${n}` } }),
      ),
      entry({ at: at + 10 * day, erasable: { reason: 'young' } }),
    );
    const erase = (now: number) =>
      eraseOldTexts({
        database: knex,
        audit: new AuditLog(),
        keptFor: 30 * day,
        now: async () => now,
      });
    expect(await erase(at + 20 * day)).toEqual({ texts: 0, entries: 0 });
    expect(await erase(at + 30 * day + 450)).toEqual({
      texts: 450,
      entries: 450,
    });
    expect(await keptOf(knex)).toEqual([451]);
    expect(await trail.verify()).toMatchObject({ whole: true, entries: 454 });
    const { items } = await trail.search({ type: 'audit' });
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({
      action: 'Erased',
      by: 'gate',
      detail: {
        why: 'older than 30 days (causeway.gate.audit.retention)',
        erased: expect.arrayContaining([{ seq: 450, fields: ['reason'] }]),
      },
    });
    expect(await erase(at + 30 * day + 450)).toEqual({ texts: 0, entries: 0 });
    expect(await trail.anchors()).toMatchObject({
      state: 'off',
      textsKeptFor: 30 * day,
    });
  });

  it('are erased on request: of one entry, or of whoever wrote them', async () => {
    const { knex, trail } = await start();
    const texts = { reason: 'Ada has a cold', comment: 'ok' };
    await append(
      knex,
      entry({ by: 'user:default/ada', erasable: texts }),
      entry({ by: 'user:default/grace', erasable: texts }),
      entry({ by: 'user:default/ada', erasable: texts }),
    );
    const erase = (erasure: Parameters<typeof trail.erase>[0]) =>
      trail.erase(erasure, 'user:default/noor');
    expect(
      await erase({ seq: 2, fields: ['reason'], why: 'ticket 12' }),
    ).toEqual({ texts: 1, entries: 1 });
    expect(await keptOf(knex)).toEqual([1, 1, 2, 3, 3]);
    expect(await erase({ of: 'user:default/ada', why: 'ticket 13' })).toEqual({
      texts: 4,
      entries: 2,
    });
    expect(await keptOf(knex)).toEqual([2]);
    const { items } = await trail.search({});
    expect(items[0]).toMatchObject({
      type: 'audit',
      action: 'Erased',
      by: 'user:default/noor',
      subject: 'user:default/ada',
      detail: { why: 'ticket 13' },
    });
    expect(await trail.verify()).toMatchObject({ whole: true, entries: 5 });
    await expect(
      erase({ of: 'user:default/ada', why: 'again' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(erase({ seq: 99, why: 'x' })).rejects.toThrow(
      'nothing was erased',
    );
    expect(await trail.verify()).toMatchObject({ entries: 5 });
  });

  it('that are gone while no entry says so are noticed all the same', async () => {
    const { knex, trail } = await start();
    await append(
      knex,
      entry({ erasable: { reason: 'one' } }),
      entry({ erasable: { reason: 'two' } }),
    );
    await trail.erase({ seq: 1, why: 'ticket 14' }, 'user:default/noor');
    await knex('gate_audit_texts').update({ text: null, salt: null });
    expect(await trail.verify()).toMatchObject({
      whole: false,
      broken: { seq: 2, why: expect.stringContaining('is gone') },
    });
  });
});
