import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import { append, at, entry, tamper } from '../__testUtils__/startAudit';
import type { Knex } from 'knex';
import { AuditEraser } from './AuditEraser';
import { AuditLog } from './AuditLog';
import { AuditReader } from './AuditReader';
import { AuditVerifier } from './AuditVerifier';

jest.setTimeout(60_000);

const databases = createTestDatabases();

async function start() {
  const knex = await databases.init(databaseId);
  await migrate(knex);
  return {
    knex,
    reader: new AuditReader(knex),
    verify: () => new AuditVerifier({ knex }).verify(),
  };
}

describe(`the audit log on ${databaseId}`, () => {
  it('is whole before anything happened', async () => {
    const { verify, reader } = await start();
    expect(await verify()).toMatchObject({ entries: 0, whole: true });
    expect(await reader.search({})).toEqual({ items: [] });
  });

  it('chains what it is given, texts beside it, and gives it back', async () => {
    const { knex, reader, verify } = await start();
    await append(
      knex,
      entry({ erasable: { reason: 'errors at 3 %', comment: undefined } }),
      entry({ action: 'Assessed', by: 'policy/default', at: at + 1 }),
    );
    await append(
      knex,
      entry({ type: 'halt', requestId: undefined, subject: undefined }),
    );
    expect(await verify()).toMatchObject({
      entries: 3,
      whole: true,
      unanchoredSince: at,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { items } = await reader.search({});
    expect(items.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(items[2]).toEqual({
      seq: 1,
      at,
      type: 'request',
      action: 'Submitted',
      by: 'user:default/ada-okafor',
      requestId: 'r-1',
      subject: 'component:default/payment-api',
      detail: { state: 'pending', tier: 2, reason: 'errors at 3 %' },
      hash: items[1].previous,
      previous: '0'.repeat(64),
    });
    const [row] = await knex('gate_audit_entries').where({ seq: 1 });
    expect(row.canonical).not.toContain('errors');
    expect(row.canonical).toMatch(
      /^\{"action":"Submitted","at":1900000000000,/,
    );
  });

  it('goes with the transaction that it is in', async () => {
    const { knex, verify } = await start();
    await append(knex, entry());
    await expect(
      knex.transaction(async trx => {
        await new AuditLog().append(trx, [entry(), entry()]);
        throw new Error('after all not');
      }),
    ).rejects.toThrow('after all not');
    await append(knex, entry());
    expect(await verify()).toMatchObject({ entries: 2, whole: true });
  });

  it('keeps one chain under many writers', async () => {
    const { knex, verify } = await start();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        append(
          knex,
          entry({ requestId: `r-${n}` }),
          entry({ requestId: `r-${n}`, action: 'Assessed' }),
        ),
      ),
    );
    expect(await verify()).toMatchObject({ entries: 80, whole: true });
    // What one transaction wrote stands together.
    const rows = await knex('gate_audit_entries').orderBy('seq');
    for (let n = 0; n < rows.length; n += 2) {
      expect(rows[n].request_id).toBe(rows[n + 1].request_id);
    }
  });

  it('takes more entries at once than fit into one statement', async () => {
    const { knex, verify } = await start();
    await append(
      knex,
      ...Array.from({ length: 130 }, (_, n) =>
        entry({ erasable: { reason: `reason ${n}` } }),
      ),
    );
    expect(await verify()).toMatchObject({ entries: 130, whole: true });
  });

  it('refuses what is too large, too deep or no JSON, and writes nothing of it', async () => {
    const { knex, verify } = await start();
    let deep: any = 'x';
    for (let n = 0; n < 20_000; n += 1) {
      deep = { deep };
    }
    const long = 'x'.repeat(300_000);
    for (const [bad, why] of [
      [{ detail: { deep } }, 'levels deep'],
      [{ detail: { list: Array(20_001).fill(1) } }, 'more than 20000 values'],
      [{ detail: { long } }, 'bytes'],
      [{ detail: { a: '"'.repeat(200_000) } }, 'bytes'],
      [{ detail: { text: '\ud800' } }, 'surrogate'],
      [{ detail: { '\udc00': 1 } }, 'surrogate'],
      [{ detail: { n: NaN } }, 'JSON'],
      [{ detail: { n: Infinity } }, 'JSON'],
      [{ detail: { n: 1n } as never }, 'JSON'],
      [{ detail: { d: new Date() } as never }, 'JSON'],
      [{ by: '' }, 'by must have'],
      [{ by: 'user:default/a\u0000b' }, 'control character'],
      [{ by: 'user:default/"a"' }, 'quotation mark'],
      [{ subject: 'a\\b' }, 'backslash'],
      [{ subject: long }, 'subject must have'],
      [{ at: NaN }, 'epoch milliseconds'],
      [{ erasable: { reason: long } }, 'bytes'],
      [{ erasable: { reason: '\ud83d' } }, 'surrogate'],
      [{ erasable: { state: 'x' } }, 'both in its detail and a text'],
      [
        {
          erasable: Object.fromEntries(
            Array.from({ length: 21 }, (_, n) => [`t${n}`, 'x']),
          ),
        },
        'more than 20 texts',
      ],
    ] as const) {
      const refused = append(knex, entry(), entry(bad as {}));
      await expect(refused).rejects.toThrow(why);
      await expect(refused).rejects.toMatchObject({ name: 'InputError' });
    }
    expect(await verify()).toMatchObject({ entries: 0, whole: true });
  });

  it('takes any text that JSON has', async () => {
    const { knex, reader, verify } = await start();
    const text = 'NUL \u0000, \u202e, 😀, "quotes" and \\';
    await append(
      knex,
      entry({ detail: { text, [text]: [null, -0, 1e21, true] } }),
    );
    expect(await verify()).toMatchObject({ whole: true });
    const { items } = await reader.search({});
    expect(items[0].detail).toEqual({ text, [text]: [null, 0, 1e21, true] });
  });

  it('refuses to go on where its end is gone', async () => {
    const { knex, verify } = await start();
    await append(knex, entry());
    await tamper(knex, trx => trx('gate_audit_head').delete());
    await expect(append(knex, entry())).rejects.toThrow('has lost its end');
    expect(await verify()).toMatchObject({
      whole: false,
      broken: { seq: 1, why: expect.stringContaining('not kept any more') },
    });
  });
});

describe(`guards of the audit tables on ${databaseId}`, () => {
  it('block every change of what was recorded', async () => {
    const { knex, verify } = await start();
    await append(
      knex,
      entry({ erasable: { reason: 'a reason' } }),
      entry({ erasable: { reason: 'another' } }),
    );
    const [row] = await knex('gate_audit_entries').where({ seq: 2 });
    const sqlite = knex.client.config.client !== 'pg';
    const attempts: [string, () => PromiseLike<unknown>][] = [
      [
        'append-only',
        () => knex('gate_audit_entries').update({ by: 'nobody' }),
      ],
      ['append-only', () => knex('gate_audit_entries').delete()],
      [
        'append-only',
        () =>
          sqlite
            ? knex.raw(
                `insert or replace into gate_audit_entries select * from gate_audit_entries where seq = 2`,
              )
            : knex.raw('truncate gate_audit_entries cascade'),
      ],
      [
        'append-only',
        () =>
          knex('gate_audit_entries')
            .insert({ ...row, by: 'nobody' })
            .onConflict('seq')
            .merge(),
      ],
      ['only moves on', () => knex('gate_audit_head').update({ seq: 1 })],
      [
        'only moves on',
        () => knex('gate_audit_head').update({ hash: '0'.repeat(64) }),
      ],
      ['only moves on', () => knex('gate_audit_head').delete()],
      [
        'can be erased, and nothing else',
        () => knex('gate_audit_texts').update({ text: 'a nicer reason' }),
      ],
      [
        'can be erased, and nothing else',
        () => knex('gate_audit_texts').delete(),
      ],
    ];
    for (const [message, attempt] of attempts) {
      // The driver's errors are of another realm, and none to `toThrow`.
      const failure = await attempt().then(
        () => undefined,
        error => error,
      );
      expect(failure?.message).toContain(message);
    }
    expect(await verify()).toMatchObject({ entries: 2, whole: true });
  });
});

describe(`verification on ${databaseId}`, () => {
  const tampering: Record<
    string,
    { change: (trx: Knex.Transaction) => Promise<unknown>; seq: number }
  > = {
    'a changed word': {
      change: trx =>
        trx('gate_audit_entries')
          .where({ seq: 3 })
          .update({
            canonical: trx.raw(`replace(canonical, 'pending', 'approved')`),
          }),
      seq: 3,
    },
    'a changed column': {
      change: trx =>
        trx('gate_audit_entries')
          .where({ seq: 4 })
          .update({ request_id: 'r-2' }),
      seq: 4,
    },
    'a column that passes for more than itself': {
      // What it then looks like from the beginning stands in the detail.
      change: trx =>
        trx('gate_audit_entries')
          .where({ seq: 3 })
          .update({
            by: `user:default/ada-okafor","detail":{"change":"pending","look":{"action":"x","at":${at},"by":"eve`,
          }),
      seq: 3,
    },
    'a column that passes for more than itself from behind': {
      change: trx =>
        trx('gate_audit_entries')
          .where({ seq: 3 })
          .update({ request_id: 'r-2"},"requestId":"r-1' }),
      seq: 3,
    },
    'an emptied column': {
      change: trx =>
        trx('gate_audit_entries').where({ seq: 4 }).update({ subject: null }),
      seq: 4,
    },
    'a dropped entry': {
      change: trx => trx('gate_audit_entries').where({ seq: 2 }).delete(),
      seq: 2,
    },
    'an entry before the first': {
      change: trx =>
        trx.raw(
          `insert into gate_audit_entries select 0, at, type, action, "by", request_id, subject, canonical, hash, previous from gate_audit_entries where seq = 1`,
        ),
      seq: 1,
    },
    'an entry after the last': {
      change: trx =>
        trx.raw(
          `insert into gate_audit_entries select 7, at, type, action, "by", request_id, subject, canonical, hash, previous from gate_audit_entries where seq = 6`,
        ),
      seq: 7,
    },
    'swapped entries': {
      change: async trx => {
        await trx('gate_audit_entries').where({ seq: 2 }).update({ seq: 100 });
        await trx('gate_audit_entries').where({ seq: 3 }).update({ seq: 2 });
        await trx('gate_audit_entries').where({ seq: 100 }).update({ seq: 3 });
      },
      seq: 2,
    },
    'a cut end': {
      change: trx => trx('gate_audit_entries').where('seq', '>', 4).delete(),
      seq: 5,
    },
    'a cut end with a rewritten head': {
      change: async trx => {
        await trx('gate_audit_entries').where('seq', '>', 4).delete();
        await trx('gate_audit_head').update({ seq: 4 });
      },
      seq: 4,
    },
    'a changed text': {
      change: trx =>
        trx('gate_audit_texts')
          .where({ seq: 5 })
          .update({ text: 'a nicer reason' }),
      seq: 5,
    },
    'a text that is gone': {
      change: trx => trx('gate_audit_texts').where({ seq: 5 }).delete(),
      seq: 5,
    },
    'a text that is erased and nobody said so': {
      change: trx =>
        trx('gate_audit_texts')
          .where({ seq: 5 })
          .update({ text: null, salt: null }),
      seq: 5,
    },
    'a text that was never recorded': {
      change: trx =>
        trx('gate_audit_texts').insert({
          seq: 1,
          field: 'comment',
          salt: 'aa',
          text: 'looks good',
        }),
      seq: 1,
    },
  };

  it.each(Object.entries(tampering))(
    'names the place of %s',
    async (_, { change, seq }) => {
      const { knex, verify } = await start();
      await append(
        knex,
        ...Array.from({ length: 6 }, (_unused, n) =>
          entry({
            detail: {
              change: 'pending',
              look: { action: 'x', at, by: 'eve', detail: {} },
              // Right before the request's own id, and looks like it.
              of: {},
              requestId: 'r-2',
            },
            ...(n === 4 && { erasable: { reason: 'a reason' } }),
          }),
        ),
      );
      expect(await verify()).toMatchObject({ entries: 6, whole: true });
      await tamper(knex, change);
      expect(await verify()).toMatchObject({
        whole: false,
        broken: { seq, why: expect.any(String) },
      });
    },
  );

  it('stays whole when texts are erased, and says who did it', async () => {
    const { knex, reader, verify } = await start();
    await append(
      knex,
      entry({ erasable: { reason: 'Ada has a cold', comment: 'ok' } }),
    );
    const eraser = new AuditEraser(new AuditLog());
    const erase = (fields?: string[]) =>
      knex.transaction(trx =>
        eraser.erase(trx, {
          seq: 1,
          fields,
          by: 'user:default/grace',
          why: 'ticket 12',
          at: at + 5,
        }),
      );
    await erase(['reason']);
    expect(await verify()).toMatchObject({ entries: 2, whole: true });
    const { items } = await reader.search({});
    expect(items[1].detail).toMatchObject({
      reason: { erased: true },
      comment: 'ok',
    });
    expect(items[0]).toMatchObject({
      type: 'audit',
      action: 'Erased',
      by: 'user:default/grace',
      detail: { seq: 1, fields: ['reason'], why: 'ticket 12' },
    });
    expect(JSON.stringify(await knex('gate_audit_texts'))).not.toContain(
      'cold',
    );
    await erase();
    expect(await verify()).toMatchObject({ entries: 3, whole: true });
    await expect(erase()).rejects.toThrow('has no such text to erase');
  });

  it('leaves entries to the next time that are written while it runs', async () => {
    const { knex, verify } = await start();
    await append(knex, ...Array.from({ length: 2500 }, () => entry()));
    const [result] = await Promise.all([
      verify(),
      append(knex, entry({ erasable: { reason: 'late' } })),
    ]);
    expect(result.whole).toBe(true);
    expect(result.entries).toBeGreaterThanOrEqual(2500);
    expect(await verify()).toMatchObject({ entries: 2501, whole: true });
  });
});
