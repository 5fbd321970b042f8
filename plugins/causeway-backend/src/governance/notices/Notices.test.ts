import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import fc from 'fast-check';
import { NoticeBudget } from './NoticeBudget';
import { Notices } from './Notices';
import { toNotice } from './toNotice';

const waiting = {
  id: 'r1',
  state: 'pending' as const,
  operation: 'Scale workload',
  target: 'component:default/payment-api',
  link: '/causeway/approvals/r1',
  at: 0,
};

const audience = {
  told: ['group:default/payments', 'group:default/security'],
  except: ['user:default/ada'],
  watching: ['user:default/grace', 'user:default/grace', 'group:default/a'],
};

function lab() {
  const sent: NotificationSendOptions[] = [];
  const signals: SignalPayload[] = [];
  const warnings: string[] = [];
  const state = { broken: false };
  const fail = () => {
    if (state.broken) {
      throw new Error('down');
    }
  };
  const notices = new Notices({
    notifications: {
      send: async options => {
        fail();
        sent.push(options);
      },
    },
    signals: {
      publish: async signal => {
        fail();
        signals.push(signal);
      },
    },
    logger: { warn: message => warnings.push(message) },
    queueLink: '/causeway/approvals',
    limits: { most: 2, window: 1000 },
  });
  return { notices, sent, signals, warnings, state };
}

it('tells the groups that can decide, without the requester set', async () => {
  const { notices, sent } = lab();
  await notices.requestChanged(waiting, audience);
  expect(sent).toEqual([
    {
      recipients: {
        type: 'entity',
        entityRef: audience.told,
        excludeEntityRef: ['user:default/ada'],
      },
      payload: {
        title:
          'Scale workload of component:default/payment-api waits for a decision',
        link: '/causeway/approvals/r1',
        severity: 'high',
        // Of the same scope, a later one takes the place of the earlier.
        scope: 'r1',
        topic: 'Causeway approvals',
      },
    },
  ]);
});

it.each([
  ['critical', 'high'],
  ['high', 'high'],
  ['medium', 'normal'],
  ['low', 'normal'],
] as const)('is as loud as what is at stake: %s', async (risk, severity) => {
  expect(toNotice({ ...waiting, risk })).toMatchObject({ severity });
  // What went wrong is loud wherever it did.
  expect(toNotice({ ...waiting, state: 'unknown', risk })).toMatchObject({
    severity: 'high',
  });
});

it('signals ids and states to named users only', async () => {
  const { notices, signals } = lab();
  await notices.requestChanged(waiting, audience);
  expect(signals).toEqual([
    {
      recipients: { type: 'user', entityRef: ['user:default/grace'] },
      channel: 'causeway:requests',
      message: { id: 'r1', state: 'pending' },
    },
  ]);
  await notices.requestChanged(waiting, { ...audience, watching: [] });
  expect(signals).toHaveLength(1);
});

it('tells nobody of what passes by itself, and nobody who is excepted', async () => {
  const { notices, sent, signals } = lab();
  await notices.requestChanged({ ...waiting, state: 'running' }, audience);
  await notices.requestChanged(waiting, {
    ...audience,
    told: ['user:default/ada'],
  });
  expect(sent).toEqual([]);
  expect(signals).toHaveLength(2);
});

it('puts many into one that says how many, until the window is over', async () => {
  const { notices, sent } = lab();
  const flood = async (count: number, at: number) => {
    for (let n = 0; n < count; n += 1) {
      await notices.requestChanged(
        { ...waiting, id: `r${n}`, at },
        { ...audience, told: ['group:default/payments'] },
      );
    }
  };
  await flood(10_000, 500);
  expect(sent.map(({ payload }) => payload.title)).toEqual([
    ...Array(2).fill(expect.stringMatching(/waits for a decision/)),
    'One more request changed',
    ...Array.from(
      { length: 13 },
      (_, n) => `${2 ** (n + 1)} more requests changed, at least`,
    ),
  ]);
  expect(new Set(sent.slice(2).map(({ payload }) => payload.scope))).toEqual(
    new Set(['digest']),
  );
  const before = sent.length;
  // One that was on its way for long.
  await flood(1, 0);
  expect(sent).toHaveLength(before);
  await flood(1, 1500);
  expect(sent.at(-1)!.payload.scope).toBe('r0');
});

it('logs an outage once and throws nothing', async () => {
  const { notices, sent, warnings, state } = lab();
  state.broken = true;
  await notices.requestChanged(waiting, audience);
  await notices.requestChanged({ ...waiting, id: 'r2' }, audience);
  expect(warnings).toEqual([
    expect.stringMatching(/^Signals about requests cannot be sent/),
    expect.stringMatching(/^Notifications about requests cannot be sent/),
  ]);
  state.broken = false;
  await notices.requestChanged({ ...waiting, id: 'r3', at: 2000 }, audience);
  expect(sent).toHaveLength(1);
  state.broken = true;
  await notices.requestChanged({ ...waiting, id: 'r4' }, audience);
  expect(warnings).toHaveLength(4);
});

it.each([
  ['https://evil.example/approve'],
  ['//evil.example/approve'],
  ['/\\evil.example'],
  ['ftp:approve'],
])('links to nothing outside the portal, such as %s', link => {
  expect(toNotice({ ...waiting, link })?.link).toBeUndefined();
});

it('names no target that is no reference', () => {
  expect(
    toNotice({ ...waiting, target: '<a href="https://evil.example">x</a>' }),
  ).toMatchObject({ title: 'Scale workload waits for a decision' });
});

it('never sends more than the limit and the digests, whoever comes when', () => {
  const everything = () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ to: fc.constantFrom('a', 'b'), after: fc.nat(300) }),
          { maxLength: 200 },
        ),
        calls => {
          const budget = new NoticeBudget({ most: 3, window: 1000 });
          let now = 0;
          const sent: { to: string; at: number }[] = [];
          for (const { to, after } of calls) {
            now += after;
            if (budget.take(to, now) === 'send') {
              sent.push({ to, at: now });
            }
          }
          // Two windows may meet: never more than twice the limit in the length of one.
          return sent.every(
            ({ to, at }) =>
              sent.filter(
                one => one.to === to && one.at >= at && one.at < at + 1000,
              ).length <= 6,
          );
        },
      ),
    );
  expect(everything).not.toThrow();
});
