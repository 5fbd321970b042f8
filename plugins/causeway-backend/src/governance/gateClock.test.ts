import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../estate/__testUtils__/testDatabases';
import { eventually } from '../estate/__testUtils__/eventually';
import { readDatabaseTime } from '../estate/partitions/databaseTime';
import { person } from './__testUtils__/createGateLab';
import {
  createStoredGate,
  type StoredGate,
} from './__testUtils__/createStoredGate';
import { dialPolicy } from './__testUtils__/dialPolicy';
import { HttpWorld } from './__testUtils__/HttpWorld';
import { remoteDials } from './__testUtils__/remoteDials';
import { skewClock } from './__testUtils__/skewClock';
import { claimRequest } from './execution/claimRequest';
import { ClockKeeper } from './execution/ClockKeeper';
import { NoticeAnnouncer } from './notices/NoticeAnnouncer';
import { Notices } from './notices/Notices';

jest.setTimeout(240_000);

const databases = createTestDatabases();
const directory = createMockDirectory();
const hour = 3_600_000;

/** Half an hour to decide and to begin, five requests a minute. */
const policy = dialPolicy(1000)
  .replace('decideWithin: 4h', 'decideWithin: 30m')
  .replace('executeWithin: 1h', 'executeWithin: 30m')
  .replace('requestsPerMinute: 10000', 'requestsPerMinute: 5');

const instant = (at: number) => new Date(at).toISOString().replace(/\.\d+/, '');

const freeze = (from: number, to: number) => `
  freezes:
    - name: books
      reason: The books are closed
      from: '${instant(from)}'
      to: '${instant(to)}'
`;

describe.each([
  ['behind', -hour],
  ['ahead', hour],
])(`a replica whose clock is an hour %s, on ${databaseId}`, (_, off) => {
  let database: Knex;
  let world: HttpWorld;
  let setRight: () => void;
  let gates: StoredGate[];

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    world = await HttpWorld.start();
    directory.setContent({ 'policy.yaml': policy });
    gates = [];
    setRight = () => {};
  });
  afterEach(async () => {
    setRight();
    await Promise.all(gates.map(gate => gate.stop()));
    await world.close();
  });

  const now = () => readDatabaseTime(database);
  const goWrong = () => {
    setRight = skewClock(off);
  };

  /** A replica that begins with the clock as it is now. */
  async function replica(worker: string): Promise<StoredGate> {
    const gate = await createStoredGate({
      database,
      worker,
      world: remoteDials(world.url, worker),
      policy: directory.resolve('policy.yaml'),
      settings: { poll: 100, verifyEvery: 100 },
    });
    gates.push(gate);
    return gate;
  }

  const turn = (
    gate: StoredGate,
    dial: string,
    options: { value?: number; by?: string } = {},
  ) => {
    world.add(dial);
    return gate.gate.submit(
      {
        operation: 'turn',
        target: `resource:default/${dial}`,
        input: { value: options.value ?? 60 },
        reason: 'It is too low',
      },
      person(options.by ?? 'ada'),
      async () => true,
    );
  };

  async function vote(gate: StoredGate, id: string, by: string) {
    const { digest } = await gate.gate.get(id, person(by));
    return gate.gate.vote(
      id,
      { decision: 'approve', digest, comment: 'so' },
      person(by),
    );
  }

  /** Lets a deadline of a request pass: in its row, and in what was agreed. */
  async function letPass(
    id: string,
    column: 'decide_by' | 'execute_by',
    field: 'decideBy' | 'executeBy',
  ) {
    const past = (await now()) - 1;
    const row = await database('gate_requests').where({ id }).first();
    await database('gate_requests')
      .where({ id })
      .update({
        [column]: past,
        document: JSON.stringify({
          ...JSON.parse(row.document),
          [field]: past,
        }),
      });
  }

  it('expires and lapses nothing early, and nothing late', async () => {
    const right = await replica('right');
    const { id: waiting } = await turn(right, 'waiting');
    const { id: approved } = await turn(right, 'approved');
    await vote(right, approved, 'ben');
    await vote(right, approved, 'dan');
    goWrong();
    const wrong = await replica('wrong');
    const keeper = new ClockKeeper(wrong.parts);
    const states = async () => [
      (await wrong.parts.store.read(waiting)).request.state,
      (await wrong.parts.store.read(approved)).request.state,
    ];
    await keeper.look();
    expect(await states()).toEqual(['pending', 'approved']);
    await letPass(waiting, 'decide_by', 'decideBy');
    await letPass(approved, 'execute_by', 'executeBy');
    await keeper.look();
    expect(await states()).toEqual(['expired', 'lapsed']);
  });

  it('gives as much time as any other, and stamps what it writes as any other', async () => {
    goWrong();
    const wrong = await replica('wrong');
    const before = await now();
    const { id } = await turn(wrong, 'new');
    await vote(wrong, id, 'ben');
    await vote(wrong, id, 'dan');
    wrong.execute();
    await eventually(async () =>
      expect((await wrong.parts.store.read(id)).request.state).toBe(
        'succeeded',
      ),
    );
    const after = await now();
    const { request, votes, events, execution } =
      await wrong.parts.store.read(id);
    expect(request.decideBy! - request.createdAt).toBe(hour / 2);
    const trail: { at: string | number }[] =
      await database('gate_audit_entries').select('at');
    const stamps = [
      request.createdAt,
      request.updatedAt,
      request.assessment.at,
      ...votes.map(({ at }) => at),
      ...events.map(({ at }) => at),
      ...trail.map(({ at }) => Number(at)),
      execution!.startedAt,
      execution!.finishedAt!,
    ];
    expect(stamps.length).toBeGreaterThan(15);
    expect(stamps.filter(at => !(at >= before && at <= after))).toEqual([]);
  });

  it('takes no work from another that still has its lease, and what it left', async () => {
    const right = await replica('right');
    const { id } = await turn(right, 'held', { value: 11 });
    const claimed = await claimRequest(right.parts, id, {
      worker: 'right',
      lease: 60_000,
    });
    expect(claimed).toMatchObject({ epoch: 1 });
    goWrong();
    const wrong = await replica('wrong');
    wrong.execute();
    // It has looked at what is due once it has carried out something else.
    const other = await turn(wrong, 'other', { value: 11, by: 'ben' });
    await eventually(async () =>
      expect((await wrong.parts.store.read(other.id)).request.state).toBe(
        'succeeded',
      ),
    );
    expect((await wrong.parts.store.read(id)).request.state).toBe('running');
    expect(
      await database('gate_requests').where({ id }).first('worker', 'epoch'),
    ).toEqual({ worker: 'right', epoch: 1 });
    expect(world.dial('held').writes).toEqual([]);

    await database('gate_requests')
      .where({ id })
      .update({ lease_until: (await now()) - 1 });
    await eventually(async () =>
      expect((await wrong.parts.store.read(id)).request.state).toBe(
        'succeeded',
      ),
    );
    expect(world.dial('held').writes).toEqual([id]);
  });

  it('lets nobody ask more often, or less', async () => {
    const right = await replica('right');
    for (const dial of ['a', 'b', 'c', 'd', 'e']) {
      await turn(right, dial);
    }
    goWrong();
    const wrong = await replica('wrong');
    const refusal = await turn(wrong, 'f').catch(error => error);
    expect(refusal).toMatchObject({ refusal: { code: 'rate-limit' } });
    expect(refusal.refusal.retryAfter).toBeGreaterThan(0);
    expect(refusal.refusal.retryAfter).toBeLessThanOrEqual(60_000);
    await database('gate_agent_attempts').update({
      at: database.raw('?? - 60001', ['at']),
    });
    expect((await turn(wrong, 'f')).state).toBe('pending');
  });

  it('keeps freezes as long as they are declared', async () => {
    const start = await now();
    directory.setContent({
      'policy.yaml': policy + freeze(start - hour / 2, start + hour / 2),
    });
    goWrong();
    const frozen = await replica('frozen');
    const during = await turn(frozen, 'during', { value: 11 });
    expect(during).toMatchObject({ state: 'refused' });
    expect(during.why).toMatch('The books are closed');
  });

  it.each([
    ['is over', -1.5, -0.5],
    ['has not begun', 0.5, 1.5],
  ])('keeps no freeze that %s', async (__, from, to) => {
    const start = await now();
    directory.setContent({
      'policy.yaml': policy + freeze(start + from * hour, start + to * hour),
    });
    goWrong();
    const open = await replica('open');
    const { tier, state } = await turn(open, 'outside', { value: 11 });
    expect([tier, state]).toEqual([1, 'approved']);
  });

  it('tells people as often as before', async () => {
    const right = await replica('right');
    const sent: NotificationSendOptions[] = [];
    const announcer = new NoticeAnnouncer({
      notices: new Notices({
        notifications: { send: async options => void sent.push(options) },
        signals: { publish: async () => {} },
        logger: mockServices.logger.mock(),
        queueLink: '/approvals',
        limits: { most: 1, window: hour / 2 },
      }),
      membership: right.parts.membership,
      reconcilers: [],
      logger: mockServices.logger.mock(),
    });
    const { id } = await turn(right, 'told');
    const { request } = await right.parts.store.read(id);
    const tell = async (updatedAt: number) => {
      sent.length = 0;
      announcer.changed({ ...request, updatedAt }, 'Assessed');
      await announcer.settle();
      return sent.map(({ payload }) => payload.scope);
    };
    expect(await tell(request.updatedAt)).toEqual([id]);
    goWrong();
    // The same minute for the database: no new window, whatever this clock says.
    expect(new Set(await tell(request.updatedAt + 60_000))).toEqual(
      new Set(['digest']),
    );
    expect(await tell(request.updatedAt + hour / 2)).toEqual([id]);
  });
});
