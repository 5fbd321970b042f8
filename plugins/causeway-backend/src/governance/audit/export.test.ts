import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import {
  type ExportVerification,
  verifyExport,
} from '@causeway/backstage-plugin-causeway-common/audit';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { append, at, entry } from '../__testUtils__/startAudit';
import { AuditEraser } from './AuditEraser';
import { AuditLog } from './AuditLog';
import { type AuditFilter, AuditReader } from './AuditReader';
import { exportAudit } from './exportAudit';

jest.setTimeout(60_000);

describe(`search and export of the trail on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let reader: AuditReader;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    reader = new AuditReader(knex);
    // 1,201 entries: more than two pages of an export.
    await append(
      knex,
      ...Array.from({ length: 1200 }, (_, n) =>
        entry({
          requestId: `r-${n % 3}`,
          action: n % 2 ? 'Assessed' : 'Submitted',
          by: n % 5 ? 'user:default/ada-okafor' : 'subject:scaler',
          at: at + n,
          ...(n % 100 === 7 && { erasable: { reason: `because of ${n}` } }),
        }),
      ),
    );
    await knex.transaction(trx =>
      new AuditEraser(new AuditLog()).erase(trx, {
        seq: 8,
        by: 'user:default/grace',
        why: 'ticket 12',
        at: at + 5000,
      }),
    );
  });

  async function exported(filter: AuditFilter = {}): Promise<string[]> {
    let text = '';
    for await (const piece of exportAudit({ reader, filter, at })) {
      text += piece;
    }
    expect(text.endsWith('\n')).toBe(true);
    return text.slice(0, -1).split('\n');
  }

  async function verify(lines: readonly string[]): Promise<ExportVerification> {
    async function* each() {
      yield* lines;
    }
    return verifyExport(each());
  }

  it('narrows a search by every filter, and goes on by a cursor', async () => {
    const seqs = async (filter: AuditFilter) => {
      const found: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await reader.search({ ...filter, cursor, limit: 70 });
        found.push(...page.items.map(({ seq }) => seq));
        cursor = page.nextCursor;
      } while (cursor);
      return found;
    };
    const all = await seqs({});
    expect(all).toHaveLength(1201);
    expect(all[0]).toBe(1201);
    expect([...all].sort((a, b) => b - a)).toEqual(all);
    const every = Array.from({ length: 1200 }, (_, n) => n).reverse();
    const which = (matches: (n: number) => boolean) =>
      every.filter(matches).map(n => n + 1);
    expect(await seqs({ requestId: 'r-1' })).toEqual(which(n => n % 3 === 1));
    expect(await seqs({ action: 'Assessed', type: 'request' })).toEqual(
      which(n => n % 2 === 1),
    );
    expect(await seqs({ by: 'subject:scaler', requestId: 'r-0' })).toEqual(
      which(n => n % 15 === 0),
    );
    expect(await seqs({ from: at + 10, until: at + 20 })).toEqual(
      which(n => n >= 10 && n < 20),
    );
    expect(await seqs({ subject: 'nothing' })).toEqual([]);
    expect(await seqs({ type: 'audit' })).toEqual([1201]);
  });

  it('refuses cursors and limits that are none', async () => {
    for (const cursor of ['', 'x', 'MA', '0', Buffer.from('-1').toString()]) {
      await expect(reader.search({ cursor })).rejects.toMatchObject({
        name: 'InputError',
      });
    }
    for (const limit of [0, 501, 1.5, NaN]) {
      await expect(reader.search({ limit })).rejects.toMatchObject({
        name: 'InputError',
      });
    }
  });

  it('exports the whole, which verifies as a chain', async () => {
    const lines = await exported();
    expect(JSON.parse(lines[0])).toEqual({
      export: {
        format: 'causeway.dev/audit-export/v1',
        filtered: false,
        filter: {},
        at,
        head: await reader.head(),
      },
    });
    expect(await verify(lines)).toEqual({
      whole: true,
      entries: 1201,
      filtered: false,
      filter: {},
      head: await reader.head(),
      unanchoredSince: at,
      textsMissing: 1,
    });
    // Every line is JSON by itself.
    const parsed = lines.map(line => JSON.parse(line));
    expect(parsed[1].entry).toMatchObject({ seq: 1, action: 'Submitted' });
    expect(parsed.filter(({ text }) => text)).toHaveLength(11);
    expect(lines.join()).not.toContain('because of 7"');
  });

  it('exports a part, which says that it is one and verifies entry by entry', async () => {
    const lines = await exported({ requestId: 'r-1', from: at + 100 });
    expect(await verify(lines)).toMatchObject({
      whole: true,
      entries: 367,
      filtered: true,
      filter: { requestId: 'r-1', from: at + 100 },
    });
    expect(await verify(await exported({ type: 'none' }))).toMatchObject({
      whole: true,
      entries: 0,
      filtered: true,
    });
  });

  it.each([{}, { requestId: 'r-1' }])(
    'finds any change of any byte of an entry or text of an export of %j',
    async filter => {
      const lines = (await exported(filter)).slice(0, 60);
      const end = lines.length - 1;
      const intact = await verify(lines);
      // It was cut off, and nothing else is wrong with it.
      expect(intact.broken?.line).toBe(end + 2);
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: end }),
          fc.nat(),
          fc.constantFrom('0', '}', '"', ' ', 'é'),
          async (which, place, other) => {
            const line = lines[which];
            const where = place % line.length;
            fc.pre(line[where] !== other);
            const changed = [...lines];
            changed[which] =
              line.slice(0, where) + other + line.slice(where + 1);
            const { whole, broken } = await verify(changed);
            expect(whole).toBe(false);
            expect(broken!.line).toBeLessThanOrEqual(which + 2);
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('finds lines that are missing, doubled, swapped or cut off', async () => {
    const whole = await exported();
    const part = await exported({ requestId: 'r-1' });
    const without = (lines: string[], at_: number) => [
      ...lines.slice(0, at_),
      ...lines.slice(at_ + 1),
    ];
    const last = whole.length - 1;
    const cases: [string[], number, string][] = [
      [without(whole, 0), 1, 'the first line does not say'],
      [without(whole, 5), 6, 'entry 5 is missing'],
      [without(whole, last), last + 1, 'was cut off'],
      [whole.slice(0, last - 1), last, 'the last one, is missing'],
      [[...whole, whole[last - 1]], last + 2, 'after the end'],
      [[whole[0], ...whole], 2, 'a second export'],
      [[whole[0], whole[2], ...whole.slice(1)], 2, 'entry 1 is missing'],
      [[], 1, 'is empty'],
      [['{}'], 1, 'not one of an export'],
      [['null'], 1, 'not one of an export'],
      [[part[0], part[2], part[1], ...part.slice(3)], 3, 'after entry'],
      [without(part, 4), part.length, 'says that it has'],
      [without(part, part.length - 1), part.length, 'was cut off'],
    ];
    for (const [lines, line, why] of cases) {
      expect(await verify(lines)).toMatchObject({
        whole: false,
        broken: { line, why: expect.stringContaining(why) },
      });
    }
  });
});
