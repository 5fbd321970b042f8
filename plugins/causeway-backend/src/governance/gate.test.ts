import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../estate/__testUtils__/testDatabases';
import { eventually } from '../estate/__testUtils__/eventually';
import {
  createGateLab,
  type GateLab,
  person,
  review,
  run,
} from './__testUtils__/createGateLab';
import { claimRequest } from './execution/claimRequest';
import { recoverRequest } from './execution/recoverRequest';
import { readQueues } from './telemetry/readQueues';

const ref = 'resource:default/dial';
const mayAsk = async () => true;
jest.setTimeout(240_000);

const databases = createTestDatabases();
let database: Knex;
let lab: GateLab;

beforeEach(async () => {
  database = await databases.init(databaseId);
  await migrate(database);
  lab = createGateLab(database);
  lab.world.dials.set(ref, { uid: 'u1', value: 10, writes: [] });
});
afterEach(() => lab.executor.stop());

async function ask(
  options: { by?: string; value?: number; operation?: string } = {},
) {
  return lab.gate.submit(
    {
      operation: options.operation ?? 'turn',
      target: ref,
      input: { value: options.value ?? 20 },
      reason: 'It is too low',
    },
    person(options.by ?? 'ada'),
    mayAsk,
  );
}

const get = (id: string) => lab.gate.get(id, person('eve'));

async function vote(
  id: string,
  by: string,
  decision: 'approve' | 'deny' = 'approve',
) {
  const { digest } = await get(id);
  return lab.gate.vote(id, { decision, digest, comment: 'so' }, person(by));
}

async function becomes(id: string, state: string) {
  let looks = 0;
  return eventually(async () => {
    // Time goes on while one waits: what came to nothing (another look wrote
    // in between) is tried again a second later.
    if (++looks % 400 === 0) {
      lab.now += 1_001;
      lab.executor.wake();
    }
    const request = await get(id);
    if (request.state !== state) {
      throw new Error(`It is ${request.state}: ${request.stateReason}`);
    }
    return request;
  });
}

it('runs what two people approved, once, and says who decided', async () => {
  const { id, state, deciders } = await ask();
  expect(state).toBe('pending');
  expect(deciders).toEqual(['group:default/owners', 'group:default/security']);
  expect(await vote(id, 'ben')).toMatchObject({
    state: 'pending',
    quorum: { approvals: 1, missing: '1 more, 1 from security' },
  });
  await vote(id, 'dan');
  const done = await becomes(id, 'succeeded');
  expect(done.decidedBy).toBe('user:default/ben, user:default/dan');
  expect(lab.world.dial(ref)).toMatchObject({ value: 20, writes: [id] });
  expect(done.events.map(({ type }) => type)).toEqual([
    'Submitted',
    'Assessed',
    'VoteCast',
    'VoteCast',
    'Approved',
    'ExecutionStarted',
    'ExecutionWritten',
    'Verified',
  ]);
  expect(lab.trail.map(({ action }) => action)).toEqual(
    done.events.map(({ type }) => type),
  );
});

it('begins nothing on what it read long ago', async () => {
  const { id } = await ask();
  const { assess } = lab.parts.policy;
  let looks = 0;
  await vote(id, 'ben');
  lab.parts.policy.assess = async input => {
    const assessment = await assess(input);
    looks += 1;
    // Between this look and the claim so much time passes, the first time.
    lab.now += looks === 1 ? 10_001 : 0;
    return assessment;
  };
  await vote(id, 'dan');
  await eventually(async () => expect(looks).toBeGreaterThan(0));
  const done = await becomes(id, 'succeeded');
  expect(looks).toBe(2);
  expect(
    done.events.filter(({ type }) => type === 'ExecutionStarted'),
  ).toHaveLength(1);
});

it('runs at once what policy lets run, and answers with the outcome', async () => {
  lab.judge = () => run({ decidedBy: 'policy/decisions/small' });
  const receipt = await ask();
  expect(receipt).toMatchObject({
    state: 'succeeded',
    decidedBy: 'policy/decisions/small',
  });
  expect(lab.world.dial(ref).writes).toEqual([receipt.id]);
});

it('takes a decrease for a change that costs nothing, not for one of unknown cost', async () => {
  const costs: unknown[] = [];
  lab.judge = ({ change }) => {
    costs.push(change.cost);
    return review();
  };
  await ask({ value: 4 });
  expect(costs).toEqual([0]);
});

it.each([
  ['an address', 'Ben Lee <Ben@Lab.example>', 'ben'],
  [
    'an address that GitHub hides',
    'Dan <1234+dan@users.noreply.github.com>',
    'dan',
  ],
])(
  'counts who wrote what would be deployed, by %s, among those who ask',
  async (_, author, who) => {
    lab.world.author = author;
    const { id } = await ask();
    expect((await get(id)).requester.set).toEqual([
      'user:default/ada',
      `user:default/${who}`,
    ]);
    await expect(vote(id, who)).rejects.toThrow('belong to those who asked');
    const queue = await lab.gate.list({ mine: true }, person(who));
    expect(queue.items).toEqual([]);
    await vote(id, 'cleo');
    expect((await get(id)).quorum.approvals).toBe(1);
  },
);

it('says in lists where the plan is not what an agent says', async () => {
  const recommend = async (proposed: number) => {
    const { id } = await lab.gate.submit(
      {
        operation: 'turn',
        target: ref,
        input: { value: 20 },
        reason: 'It is too low',
        recommendation: {
          observed: [],
          constraints: [],
          rejected: [],
          decided: [{ path: 'value', proposed }],
        },
      },
      person('ada', 'plugin:mcp-actions'),
      mayAsk,
    );
    return id;
  };
  const [right, wrong] = [await recommend(20), await recommend(2)];
  const { items } = await lab.gate.list({}, person('ben'));
  const told = new Map(items.map(row => [row.id, row.discrepancies]));
  expect([told.get(right), told.get(wrong)]).toEqual([0, 1]);
});

it('tells how many wait for a source', async () => {
  const { id } = await ask();
  lab.halts = [{ scope: 'all', by: 'x', reason: 'y', since: 0 }];
  expect(await readQueues(database)).toEqual([]);
  await vote(id, 'ben');
  await vote(id, 'dan');
  expect(await readQueues(database)).toEqual([{ queue: 'lab', length: 1 }]);
});

it('counts all entities of who asked as one person', async () => {
  lab.setMembers({ 'ada.other': ['owners'] });
  lab.catalog.entities
    .filter(({ metadata }) => metadata.name === 'ada.other')
    .forEach(entity => {
      entity.spec = { profile: { email: 'Ada@lab.example' } };
    });
  const { id } = await ask();
  expect((await get(id)).requester.set).toEqual([
    'user:default/ada',
    'user:default/ada.other',
  ]);
  await expect(vote(id, 'ada.other')).rejects.toThrow(
    'belong to those who asked',
  );
});

it('knows who asked by an entity that came later', async () => {
  const { id } = await ask();
  lab.setMembers({ 'ada.other': ['owners'] });
  lab.catalog.entities
    .filter(({ metadata }) => metadata.name === 'ada.other')
    .forEach(entity => {
      entity.spec = { profile: { email: 'ada@lab.example' } };
    });
  await expect(vote(id, 'ada.other')).rejects.toThrow(
    'by another entity of yours',
  );
});

it('puts on record that a breaker halted an agent', async () => {
  lab.parts.admission = {
    ...lab.parts.admission,
    admit: async () => ({
      admitted: false,
      refusal: { code: 'repetition', reason: 'Again', hint: 'Stop' },
    }),
  };
  await expect(ask()).rejects.toThrow('Again');
  expect(lab.trail).toMatchObject([
    { type: 'halt', action: 'Halted', by: 'gate', subject: 'user:default/ada' },
  ]);
});

it('bars nobody for an author whom the catalog does not know', async () => {
  lab.world.author = 'Mallory <mallory@elsewhere.example>';
  const { id } = await ask();
  expect((await get(id)).requester.set).toEqual(['user:default/ada']);
});

it('lets no operation of another plugin run alone that configuration does not trust', async () => {
  lab.untrusted = ['turn'];
  lab.judge = ({ doubts }) =>
    doubts.some(({ code }) => code === 'operation-untrusted')
      ? review()
      : run();
  expect(await ask()).toMatchObject({ state: 'pending' });
  lab.untrusted = [];
  expect(await ask({ value: 30 })).toMatchObject({ state: 'succeeded' });
});

it('carries out what is approved while another request is assessed again', async () => {
  const slow = 'resource:default/slow';
  lab.world.dials.set(slow, { uid: 's', value: 10, writes: [] });
  const waiting = await lab.gate.submit(
    { operation: 'turn', target: slow, input: { value: 20 }, reason: 'So' },
    person('ada'),
    mayAsk,
  );
  lab.executor.start();
  const { id } = await ask();
  const { targets } = lab.parts;
  const asked = { slow: false, answer: () => {} };
  const held = new Promise<void>(resolve => {
    asked.answer = resolve;
  });
  lab.parts.targets = {
    read: async target => {
      if (target === slow) {
        asked.slow = true;
        await held;
      }
      return targets.read(target);
    },
  };
  lab.policyHash = 'edited';
  lab.judge = () => review({ policyHash: 'edited' });
  lab.policyChanged();
  await eventually(async () => expect(asked.slow).toBe(true));
  await vote(id, 'ben');
  await vote(id, 'dan');
  await becomes(id, 'succeeded');
  asked.answer();
  await eventually(async () =>
    expect((await get(waiting.id)).events.at(-1)?.message).toMatch(
      'Assessed again, no stricter',
    ),
  );
});

it('lists for those who may not read every target as if the others did not exist', async () => {
  const own = ['resource:default/a', 'resource:default/c'];
  for (const target of [...own, 'resource:default/b']) {
    lab.world.dials.set(target, { uid: target, value: 10, writes: [] });
  }
  const submit = (target: string) =>
    lab.gate.submit(
      { operation: 'turn', target, input: { value: 20 }, reason: 'Too low' },
      person('ada'),
      mayAsk,
    );
  const list = (cursor?: string) =>
    lab.gate.list(
      { state: ['pending'], limit: 2, cursor },
      person('eve'),
      undefined,
      own,
    );
  const walk = async () => {
    const first = await list();
    const second = await list(first.nextCursor);
    return [
      first.total,
      [...first.items, ...second.items].map(({ target }) => target.entityRef),
      second.nextCursor,
    ];
  };
  for (const target of [own[0], own[1], own[0]]) {
    await submit(target);
    lab.now += 1_000;
  }
  const before = await walk();
  expect(before).toEqual([3, [own[0], own[1], own[0]], undefined]);
  lab.now -= 2_500;
  await submit('resource:default/b');
  await submit('resource:default/b');
  expect(await walk()).toEqual(before);
  expect(
    (
      await lab.gate.targets({ state: ['pending'] }, person('eve'), undefined)
    ).sort(),
  ).toEqual([own[0], 'resource:default/b', own[1]].sort());
  expect((await lab.gate.list({}, person('eve'), undefined, [])).total).toBe(0);
});

describe('who may vote', () => {
  it.each([
    ['who asked', person('ada'), /belong to those who asked/],
    [
      'an agent with the token of somebody who may',
      person('ben', 'plugin:mcp-actions'),
      /comes through plugin:mcp-actions/,
    ],
    ['somebody of another group', person('eve'), /Members of owners, security/],
    ['somebody whom the catalog does not know', person('zoe'), /Members of/],
    [
      'a service',
      {
        principal: {
          kind: 'subject' as const,
          ref: 'subject:scaler',
          operations: ['turn'],
          environments: ['production'],
          accountable: 'group:default/owners',
        },
        entrance: 'rest' as const,
      },
      /Only people vote/,
    ],
  ])('not %s', async (_who, caller, why) => {
    const { id } = await ask();
    const { digest } = await get(id);
    await expect(
      lab.gate.vote(id, { decision: 'approve', digest }, caller),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(why),
    });
    expect((await get(id)).votes).toEqual([]);
  });

  it('not twice, and not on another digest than the one that was seen', async () => {
    const { id } = await ask();
    await vote(id, 'ben');
    await expect(vote(id, 'ben')).rejects.toThrow('voted so already');
    await expect(
      lab.gate.vote(
        id,
        { decision: 'approve', digest: 'f'.repeat(64) },
        person('dan'),
      ),
    ).rejects.toThrow('has changed since you looked');
  });

  it('one person fills one slot, also of two groups', async () => {
    const { id } = await ask();
    expect((await vote(id, 'cleo')).quorum).toMatchObject({
      met: false,
      missing: '1 more',
    });
    await vote(id, 'ben');
    await becomes(id, 'succeeded');
  });
});

it('ends at the first denial, and turns an approval into one', async () => {
  const { id } = await ask();
  await vote(id, 'ben');
  const denied = await vote(id, 'ben', 'deny');
  expect(denied).toMatchObject({
    state: 'denied',
    decidedBy: 'user:default/ben',
  });
  await expect(vote(id, 'dan')).rejects.toThrow('nothing left to vote on');
});

it('lets a vote be taken back until it is carried out', async () => {
  const { id } = await ask();
  lab.halts = [{ scope: 'all', by: 'x', reason: 'y', since: 0 }];
  await vote(id, 'ben');
  await vote(id, 'dan');
  const back = await lab.gate.withdrawVote(id, person('dan'));
  expect(back).toMatchObject({ state: 'pending', quorum: { approvals: 1 } });
  lab.halts = [];
  await vote(id, 'cleo');
  await becomes(id, 'succeeded');
});

describe('what changed between approval and claim', () => {
  /** Approves while the gate is halted, changes something, and lets go. */
  async function approveThen(change: () => void) {
    const { id } = await ask();
    lab.halts = [{ scope: 'all', by: 'x', reason: 'y', since: 0 }];
    await vote(id, 'ben');
    await vote(id, 'dan');
    // The clock stands still: it may move only when the gate has looked, found
    // the halt, and put the request off until a moment later.
    await eventually(async () => {
      const row = await database('gate_requests').where({ id }).first('due_at');
      expect(Number(row.due_at)).toBeGreaterThan(lab.now);
    });
    change();
    lab.halts = [];
    lab.now += 2_000;
    lab.executor.wake();
    return id;
  }

  it('a field that the plan read: refused', async () => {
    const id = await approveThen(() => {
      lab.world.dial(ref).value = 11;
    });
    expect((await becomes(id, 'refused')).stateReason).toMatch(
      'Somebody changed Dial',
    );
  });

  it('the thing itself: refused', async () => {
    const id = await approveThen(() => {
      lab.world.dial(ref).uid = 'u2';
    });
    expect((await becomes(id, 'refused')).stateReason).toMatch(
      'deleted and made anew',
    );
  });

  it('the thing is gone: refused', async () => {
    const id = await approveThen(() => {
      lab.world.dials.clear();
    });
    expect((await becomes(id, 'refused')).stateReason).toMatch(
      'no longer there',
    );
  });

  it('a freeze: back to people, with the reason, and not to be approved', async () => {
    const id = await approveThen(() => {
      lab.judge = () =>
        review({ outcome: 'refuse', summary: 'Frozen for the quarter' });
    });
    const back = await becomes(id, 'pending');
    expect(back.stateReason).toBe('Frozen for the quarter');
    expect(back.quorum.approvals).toBe(0);
    await expect(vote(id, 'ben')).rejects.toThrow('Frozen for the quarter');
    expect(lab.world.dial(ref).writes).toEqual([]);
  });

  it('a stricter policy: back to people under a new digest', async () => {
    const before = review();
    const id = await approveThen(() => {
      lab.judge = () => review({ approval: { ...before.approval, count: 3 } });
    });
    const back = await becomes(id, 'pending');
    expect(back.votes.every(({ withdrawnAt }) => withdrawnAt)).toBe(true);
    expect(back.quorum.needed).toBe(3);
    await vote(id, 'ben');
    await vote(id, 'cleo');
    await vote(id, 'dan');
    await becomes(id, 'succeeded');
  });

  it('an approver left the group: back to people', async () => {
    const id = await approveThen(() => lab.setMembers({ dan: ['others'] }));
    expect((await becomes(id, 'pending')).stateReason).toMatch(
      'may no longer decide',
    );
  });

  it('who asked left the group: refused', async () => {
    const id = await approveThen(() => lab.setMembers({ ada: [] }));
    expect((await becomes(id, 'refused')).stateReason).toMatch(
      'no longer belongs to group:default/owners',
    );
  });

  it('what only people may do by now: handed over, and never run', async () => {
    const id = await approveThen(() => {
      lab.judge = () =>
        review({
          outcome: 'manual',
          tier: 3,
          summary: 'People do this',
          manual: { checklist: [], doneBy: ['group:default/security'] },
        });
    });
    const task = await becomes(id, 'manual');
    expect(task.approval.approvers).toEqual(['group:default/security']);
    await expect(vote(id, 'cleo')).rejects.toThrow('It is manual');
    expect(lab.world.dial(ref).writes).toEqual([]);
  });

  it('what ran by itself and no longer may: people decide, and it runs', async () => {
    lab.halts = [];
    lab.judge = () => run();
    const { halt, resume } = {
      halt: [{ scope: 'all', by: 'x', reason: 'y', since: 0 }],
      resume: [],
    };
    // Halted between the answer and the claim.
    lab.parts.wake = () => {
      lab.halts = halt;
    };
    const { id, state } = await ask();
    expect(state).toBe('approved');
    lab.judge = () => review();
    lab.halts = resume;
    lab.parts.wake = () => lab.executor.wake();
    lab.executor.wake();
    const back = await becomes(id, 'pending');
    expect(back.decideBy).toBe(lab.now + 60_000);
    await vote(id, 'ben');
    await vote(id, 'dan');
    await becomes(id, 'succeeded');
  });

  it('people begin anew: with the whole time to decide', async () => {
    const { id } = await ask();
    const { decideBy } = await get(id);
    lab.halts = [{ scope: 'all', by: 'x', reason: 'y', since: 0 }];
    lab.now += 50_000;
    await vote(id, 'ben');
    await vote(id, 'dan');
    await eventually(async () => {
      const row = await database('gate_requests').where({ id }).first('due_at');
      expect(Number(row.due_at)).toBeGreaterThan(lab.now);
    });
    lab.judge = () => review({ approval: { ...review().approval, count: 3 } });
    lab.halts = [];
    lab.now += 2_000;
    lab.executor.wake();
    const back = await becomes(id, 'pending');
    expect(back.decideBy).toBeGreaterThan(decideBy! + 50_000);
  });

  it('nothing that matters: it runs', async () => {
    const id = await approveThen(() => {
      lab.policyHash = 'edited elsewhere';
    });
    expect((await becomes(id, 'succeeded')).votes).toHaveLength(2);
  });
});

it('ends what nobody decides, and what cannot begin in time', async () => {
  const slow = await ask();
  lab.now += 60_001;
  lab.executor.wake();
  await becomes(slow.id, 'expired');
  const late = await ask({ value: 30 });
  lab.halts = [{ scope: 'all', by: 'x', reason: 'y', since: 0 }];
  await vote(late.id, 'ben');
  await vote(late.id, 'dan');
  lab.now += 60_001;
  lab.executor.wake();
  await becomes(late.id, 'lapsed');
  expect(lab.world.dial(ref).writes).toEqual([]);
});

it('tells more people after a while, and lets nobody off', async () => {
  const before = review();
  lab.judge = () =>
    review({
      approval: {
        ...before.approval,
        required: [],
        approvers: ['group:default/owners'],
        escalation: { after: 10_000, groups: ['group:default/others'] },
      },
    });
  const { id } = await ask();
  lab.now += 10_001;
  lab.executor.wake();
  const escalated = await eventually(async () => {
    const request = await get(id);
    expect(request.approval.approvers).toContain('group:default/others');
    return request;
  });
  expect(escalated.quorum.needed).toBe(2);
  await vote(id, 'eve');
  await vote(id, 'ben');
  await becomes(id, 'succeeded');
});

it('refuses what nobody could ever approve', async () => {
  const before = review();
  lab.judge = () => review({ approval: { ...before.approval, count: 9 } });
  expect(await ask()).toMatchObject({
    state: 'refused',
    why: expect.stringMatching('Nobody could ever approve it'),
  });
});

describe('what wants somebody', () => {
  const wants = async (name: string) => {
    const { mine } = await lab.gate.status(person(name));
    const { items, total } = await lab.gate.list({ mine: true }, person(name));
    expect(items.every(row => row.mine)).toBe(true);
    expect(total).toBe(mine);
    const { items: all } = await lab.gate.list({}, person(name));
    expect(all.filter(row => row.mine)).toHaveLength(mine);
    return items.map(({ state }) => state);
  };

  it('is a vote, until it is cast', async () => {
    const { id } = await ask();
    expect(await wants('ben')).toEqual(['pending']);
    expect([await wants('ada'), await wants('eve')]).toEqual([[], []]);
    await vote(id, 'ben');
    expect(await wants('ben')).toEqual([]);
  });

  it('is what nobody knows the outcome of, for those who look into it', async () => {
    lab.judge = () => run();
    lab.world.mishap = 'unknown-after-write';
    const { id } = await ask();
    expect(await wants('dan')).toEqual(['unknown']);
    expect([await wants('ben'), await wants('eve')]).toEqual([[], []]);
    await lab.gate.reconcile(
      id,
      { outcome: 'succeeded', comment: 'It is at 20' },
      person('dan'),
    );
    expect(await wants('dan')).toEqual([]);
  });

  it('is nothing that one asked for oneself', async () => {
    lab.judge = () => run();
    lab.world.mishap = 'unknown-after-write';
    await ask({ by: 'cleo' });
    expect(await wants('cleo')).toEqual([]);
    expect(await wants('dan')).toEqual(['unknown']);
  });

  it('is a task, for those who do it', async () => {
    lab.judge = () =>
      review({
        outcome: 'manual',
        tier: 3,
        manual: { checklist: [], doneBy: ['group:default/security'] },
      });
    const { id } = await ask();
    expect(await wants('dan')).toEqual(['manual']);
    expect(await wants('ben')).toEqual([]);
    await lab.gate.complete(id, undefined, person('dan'));
    expect(await wants('dan')).toEqual([]);
  });
});

describe('what comes of an execution', () => {
  beforeEach(() => {
    lab.judge = () => run();
  });

  it('failed, where the source said no', async () => {
    lab.world.mishap = 'refuse';
    expect(await ask()).toMatchObject({
      state: 'failed',
      why: 'The source said no',
    });
  });

  it.each(['break', 'break-after-write', 'throw-text-after-write'] as const)(
    'unknown, where the operation itself broke and did not say that nothing was written: %s',
    async mishap => {
      lab.world.mishap = mishap;
      const { id, state, why } = await ask();
      expect({ state, why }).toEqual({ state: 'unknown', why: 'It broke' });
      const written = mishap === 'break' ? [] : [id];
      expect(lab.world.dial(ref).writes).toEqual(written);
      // Whoever looks afterwards decides; it is never tried again by itself.
      lab.now += 60_000_000;
      lab.executor.wake();
      await lab.gate.reconcile(
        id,
        { outcome: 'failed', comment: 'It is at 10' },
        person('dan'),
      );
      expect(lab.world.dial(ref).writes).toEqual(written);
    },
  );

  it.each([
    ['refuse', 'failed', true],
    ['break-after-write', 'unknown', false],
  ] as const)(
    'of undoing that ends by "%s": %s',
    async (mishap, outcome, done) => {
      lab.world.health = 'failed';
      lab.world.rollbackMishap = mishap;
      lab.judge = () =>
        run({ verification: { soakMs: 0, autoRollback: true } });
      const { id } = await ask();
      expect(await becomes(id, outcome)).toMatchObject({
        execution: { rollback: { done } },
      });
    },
  );

  it('unknown, where nobody can say; a person outside those who asked does', async () => {
    lab.world.mishap = 'unknown-after-write';
    const { id, state } = await ask();
    expect(state).toBe('unknown');
    const { choices } = await lab.gate.get(id, person('ben'));
    expect(choices?.feedback).toEqual({
      allowed: false,
      why: 'It can be said once it is clear what came of it',
    });
    const answer = { outcome: 'succeeded' as const, comment: 'It is at 20' };
    await expect(lab.gate.reconcile(id, answer, person('ben'))).rejects.toThrow(
      'Members of group:default/security',
    );
    expect(await lab.gate.reconcile(id, answer, person('dan'))).toMatchObject({
      state: 'succeeded',
      stateReason: 'It is at 20',
    });
    expect(lab.world.dial(ref).writes).toEqual([id]);
    expect(
      (await lab.gate.get(id, person('ben'))).choices?.feedback.allowed,
    ).toBe(true);
  });

  it('undone, where it did not work and policy says so', async () => {
    lab.world.health = 'failed';
    lab.judge = () => run({ verification: { soakMs: 0, autoRollback: true } });
    const { id } = await ask();
    const done = await becomes(id, 'rolled-back');
    expect(lab.world.dial(ref)).toMatchObject({
      value: 10,
      writes: [id, `back:${id}`],
    });
    expect(done.execution?.rollback).toMatchObject({ done: true });
  });

  it('not undone, where somebody else changed it in the soak', async () => {
    lab.world.health = 'progressing';
    lab.judge = () =>
      run({ verification: { soakMs: 5_000, autoRollback: true } });
    const { id } = await ask();
    // As above: the clock moves only between two looks.
    await eventually(async () => {
      const { execution } = await get(id);
      expect(execution?.verification?.message).toBe('It is progressing');
    });
    lab.world.dial(ref).value = 33;
    lab.world.health = 'failed';
    lab.now += 2_000;
    lab.executor.wake();
    const done = await becomes(id, 'failed');
    expect(done.stateReason).toMatch('Somebody turned it in the meantime');
    expect(lab.world.dial(ref)).toMatchObject({ value: 33, writes: [id] });
  });

  it('succeeds only after the soak', async () => {
    lab.judge = () =>
      run({ verification: { soakMs: 60_000, autoRollback: false } });
    const { id, state } = await ask();
    expect(state).toBe('verifying');
    lab.now += 61_000;
    lab.executor.wake();
    await becomes(id, 'succeeded');
  });

  it('followed by name over days, with a soak time for each phase', async () => {
    const minute = 60_000;
    lab.judge = () =>
      run({ verification: { soakMs: 5 * minute, autoRollback: false } });
    lab.world.health = 'progressing';
    lab.world.way = {
      phase: 'opened',
      settleWithin: 24 * 60 * minute,
      lookAgainIn: 5 * minute,
    };
    const { id } = await ask();
    const look = async (expected: object, later: number) => {
      lab.now += later;
      lab.executor.wake();
      return eventually(async () => {
        const found = await get(id);
        expect(found.execution?.verification).toMatchObject(expected);
        return found;
      });
    };
    const opened = { name: 'opened', at: lab.now };
    await look({ phases: [opened] }, 0);
    const { due_at: due, lease_until: lease } = await database('gate_requests')
      .where({ id })
      .first();
    expect(Number(due)).toBe(lab.now + 5 * minute);
    expect(Number(lease)).toBeGreaterThan(Number(due));

    // A source that is away takes nothing from the patience that there is.
    lab.world.way = 'away';
    await look(
      { message: expect.stringContaining('cannot be looked at') },
      120 * minute,
    );
    lab.world.way = { phase: 'merged' };
    const { events } = await look(
      { phases: [opened, { name: 'merged' }] },
      60 * minute,
    );
    lab.world.health = 'healthy';
    await look({ message: 'It is healthy' }, minute);
    // Nothing new, no event.
    expect((await get(id)).events).toEqual(events);
    expect((await get(id)).state).toBe('verifying');
    lab.now += 4 * minute + 1;
    lab.executor.wake();
    const done = await becomes(id, 'succeeded');
    expect(
      done.events
        .filter(({ type }) => type === 'PhaseReached')
        .map(({ at }) => at - opened.at),
    ).toEqual([0, 180 * minute]);
  });

  it('failed where a phase takes longer than it may', async () => {
    lab.judge = () => run({ verification: { soakMs: 0, autoRollback: false } });
    lab.world.health = 'progressing';
    lab.world.way = { phase: 'opened', settleWithin: 60_000 };
    const { id } = await ask();
    await eventually(async () =>
      expect((await get(id)).execution?.verification?.phases).toHaveLength(1),
    );
    lab.now += 60_001;
    lab.executor.wake();
    await becomes(id, 'failed');
  });
});

describe('what a worker left that was lost before it wrote', () => {
  async function loseWorker() {
    lab.judge = () => run();
    lab.parts.wake = () => {};
    const { id } = await ask();
    await claimRequest(lab.parts, id, { worker: 'lost', lease: 1_000 });
    lab.now += 1_001;
    return id;
  }
  const recover = (id: string) =>
    recoverRequest(lab.parts, id, { worker: 'lab', lease: 1_000 });

  it('waits for the end of a halt, and then begins again', async () => {
    const id = await loseWorker();
    lab.halts = [{ scope: 'all', by: 'x', reason: 'y', since: 0 }];
    expect(await recover(id)).toBeUndefined();
    expect((await get(id)).state).toBe('running');
    expect(lab.world.dial(ref).writes).toEqual([]);
    // Not asked about again before its time: a halt is no reason to hammer the source.
    const row = await database('gate_requests').where({ id }).first();
    expect(Number(row.lease_until)).toBe(lab.now + 1_000);
    lab.halts = [];
    lab.now += 1_000;
    lab.executor.wake();
    await becomes(id, 'succeeded');
    expect(lab.world.dial(ref).writes).toEqual([id]);
  });

  it('waits where nobody can tell whether it still holds', async () => {
    const id = await loseWorker();
    const { assess } = lab.parts.policy;
    lab.parts.policy.assess = async () => {
      throw new Error('Away');
    };
    expect(await recover(id)).toBeUndefined();
    const row = await database('gate_requests').where({ id }).first();
    expect(row.state).toBe('running');
    expect(Number(row.lease_until)).toBe(lab.now + 1_000);
    lab.parts.policy.assess = assess;
    lab.now += 1_000;
    lab.executor.wake();
    await becomes(id, 'succeeded');
  });

  it('is not begun again where policy no longer lets it run', async () => {
    const id = await loseWorker();
    lab.judge = () => review({ outcome: 'refuse', summary: 'Frozen' });
    expect(await recover(id)).toBeUndefined();
    expect((await get(id)).state).toBe('unknown');
    expect(lab.world.dial(ref).writes).toEqual([]);
  });
});

it('lets those who asked take it back, and nobody else', async () => {
  const { id } = await ask();
  await expect(lab.gate.withdraw(id, undefined, person('ben'))).rejects.toThrow(
    'Only those who asked',
  );
  expect(
    await lab.gate.withdraw(id, 'not needed', person('ada')),
  ).toMatchObject({ state: 'withdrawn', stateReason: 'not needed' });
});

it('hands over what people alone do, and never runs it', async () => {
  lab.judge = () =>
    review({
      outcome: 'manual',
      tier: 3,
      manual: { checklist: ['Look twice'], doneBy: ['group:default/security'] },
    });
  const { id, state } = await ask();
  expect(state).toBe('manual');
  await expect(lab.gate.complete(id, undefined, person('ben'))).rejects.toThrow(
    'Members of group:default/security',
  );
  expect(await lab.gate.complete(id, 'done', person('dan'))).toMatchObject({
    state: 'succeeded',
  });
  expect(lab.world.dial(ref).writes).toEqual([]);
});

it('takes feedback from others than those who asked, once', async () => {
  lab.judge = () => run();
  const { id } = await ask();
  const right = { verdict: 'right' as const };
  await expect(lab.gate.giveFeedback(id, right, person('ada'))).rejects.toThrow(
    'belong to those who asked',
  );
  expect(
    (await lab.gate.giveFeedback(id, right, person('ben'))).feedback,
  ).toMatchObject([{ by: 'user:default/ben', verdict: 'right' }]);
  await expect(lab.gate.giveFeedback(id, right, person('ben'))).rejects.toThrow(
    'said so already',
  );
});

it('takes one word of a person who says two things at once, at two replicas', async () => {
  lab.judge = () => run();
  const { id } = await ask();
  await becomes(id, 'succeeded');
  const other = createGateLab(database, { worker: 'other', world: lab.world });
  const said = await Promise.allSettled(
    (['right', 'wrong', 'right', 'wrong'] as const).map((verdict, at) =>
      [lab, other][at % 2].gate.giveFeedback(
        id,
        { verdict, comment: `Word ${at}` },
        person('ben'),
      ),
    ),
  );
  const taken = said.flatMap(one =>
    one.status === 'fulfilled' ? [one.value.feedback] : [],
  );
  expect(taken).toHaveLength(1);
  expect(
    said.flatMap(one => (one.status === 'rejected' ? [one.reason] : [])),
  ).toEqual(
    Array(3).fill(
      expect.objectContaining({
        name: 'ConflictError',
        message: expect.stringContaining('said so already'),
      }),
    ),
  );
  // The one that was answered for is the one that stands, here and in the trail.
  const { feedback, events } = await get(id);
  expect(feedback).toEqual(taken[0]);
  const spoken = ({ action }: { action: string }) => action === 'FeedbackGiven';
  expect(events.filter(({ type }) => type === 'FeedbackGiven')).toHaveLength(1);
  expect([...lab.trail, ...other.trail].filter(spoken)).toEqual([
    expect.objectContaining({
      detail: expect.objectContaining({ verdict: feedback[0].verdict }),
    }),
  ]);
  await other.executor.stop();
});

it('stops before anything is begun when it is halted', async () => {
  await expect(
    lab.gate.halt({ scope: 'all', reason: 'stop' }, person('ben')),
  ).rejects.toThrow('Members of group:default/security');
  expect((await lab.gate.status(person('ben'))).choices.readAudit).toEqual({
    allowed: false,
    why: 'Members of group:default/security read the audit trail',
  });
  const mayHalt = async (name: string) =>
    (await lab.gate.status(person(name))).choices.halt;
  expect(await mayHalt('ben')).toEqual({
    allowed: false,
    why: 'Members of group:default/security halt the gate',
  });
  expect(await mayHalt('dan')).toEqual({ allowed: true });
  await lab.gate.halt({ scope: 'all', reason: 'stop' }, person('dan'));
  await expect(ask()).rejects.toThrow('The gate is halted');
  await lab.gate.resume('all', 'go', person('dan'));
  expect((await ask()).state).toBe('pending');
});

it('does not name a group that answers for who asks among those who decide', async () => {
  const { approval } = review();
  lab.judge = () =>
    review({ approval: { ...approval, count: 1, required: [] } });
  const receipt = await lab.gate.submit(
    { operation: 'turn', target: ref, input: { value: 20 }, reason: 'Low' },
    {
      principal: {
        kind: 'subject',
        ref: 'subject:scaler',
        operations: ['turn'],
        environments: ['production'],
        accountable: 'group:default/owners',
      },
      entrance: 'rest',
    },
    mayAsk,
  );
  expect(receipt).toMatchObject({
    state: 'pending',
    deciders: ['group:default/security'],
  });
  await expect(vote(receipt.id, 'ben')).rejects.toThrow(
    'You belong to those who asked',
  );
  expect((await vote(receipt.id, 'dan')).state).toBe('approved');
});

it('halts nobody whom there is not, and says how they are called', async () => {
  const { list } = lab.parts.halts;
  for (const scope of [
    'All',
    'ada',
    'user:default/nobody',
    'user:default/nobody via plugin:mcp-actions',
    'group:default/owners',
    'subject:other',
    'subject:scaler via plugin:mcp-actions',
  ]) {
    await expect(
      lab.gate.halt({ scope, reason: 'stop' }, person('dan')),
    ).rejects.toThrow(`there is no '${scope}'`);
  }
  expect(await list()).toEqual([]);
  for (const scope of ['subject:scaler', 'user:default/ada via plugin:x']) {
    await lab.gate.halt({ scope, reason: 'stop' }, person('dan'));
  }
  expect(await list()).toHaveLength(2);
});

it('stops what a person asked for, and what acts for them, when the person is halted', async () => {
  const mine = await ask();
  const agents = await lab.gate.submit(
    {
      operation: 'turn',
      target: ref,
      input: { value: 30 },
      reason: 'It is too low',
    },
    person('ada', 'plugin:mcp-actions'),
    mayAsk,
  );
  lab.halts = [{ scope: 'user:default/ada', by: 'x', reason: 'y', since: 0 }];
  for (const { id } of [mine, agents]) {
    await vote(id, 'ben');
    await vote(id, 'dan');
    const options = { worker: 'w', lease: 1_000 };
    expect(await claimRequest(lab.parts, id, options)).toBeUndefined();
  }
  for (const caller of [person('ada'), person('ada', 'plugin:mcp-actions')]) {
    await expect(
      lab.gate.submit(
        { operation: 'turn', target: ref, input: { value: 40 }, reason: 'y' },
        caller,
        mayAsk,
      ),
    ).rejects.toThrow('user:default/ada is halted by x: y');
  }
  expect((await ask({ by: 'eve' })).state).toBe('pending');
  // Whichever of the two ran first would leave nothing for the other.
  await lab.gate.withdraw(agents.id, undefined, person('ada'));
  lab.halts = [];
  lab.executor.wake();
  await becomes(mine.id, 'succeeded');
});
