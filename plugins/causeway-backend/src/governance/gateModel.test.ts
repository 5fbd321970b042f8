import fc from 'fast-check';
import type { Knex } from 'knex';
import type {
  RequestEventType,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../estate/__testUtils__/testDatabases';
import {
  createGateLab,
  type GateLab,
  person,
  review,
  run,
} from './__testUtils__/createGateLab';
import { MeteredWorld } from './__testUtils__/MeteredWorld';
import type { WholeRequest } from './requests/RequestStore';
import { transitions } from './requests/transitions';

jest.setTimeout(300_000);

const databases = createTestDatabases();
const people = ['ada', 'ben', 'cleo', 'dan', 'eve'];
const decides: Record<string, boolean> = {
  ben: true,
  cleo: true,
  dan: true,
};
const ofSecurity = ['cleo', 'dan'];

/** What anybody may try, in any order, on two replicas. */
type Move =
  | { do: 'ask'; by: string; value: number; once: boolean; atOnce: boolean }
  | { do: 'vote'; by: string; deny: boolean; which: number }
  | { do: 'round'; by: string[]; which: number }
  | { do: 'unvote'; by: string; which: number }
  | { do: 'withdraw'; by: string; which: number }
  | { do: 'wait'; ms: number }
  | { do: 'meddle'; value: number }
  | { do: 'leave'; who: string }
  | { do: 'halt'; on: boolean }
  | { do: 'mishap'; what: MeteredWorld['mishap'] }
  | { do: 'look'; replica: number };

const who = fc.constantFrom(...people);
const which = fc.nat(3);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      by: who,
      value: fc.integer({ min: 0, max: 100 }),
      once: fc.boolean(),
      atOnce: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('vote' as const),
      by: who,
      deny: fc.nat(9).map(n => n === 0),
      which,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('round' as const),
      by: fc.shuffledSubarray(people, { minLength: 2 }),
      which: fc.nat(1),
    }),
  },
  fc.record({ do: fc.constant('unvote' as const), by: who, which }),
  fc.record({ do: fc.constant('withdraw' as const), by: who, which }),
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.constantFrom(500, 5_000, 70_000),
  }),
  fc.record({ do: fc.constant('meddle' as const), value: fc.nat(100) }),
  fc.record({ do: fc.constant('leave' as const), who }),
  fc.record({ do: fc.constant('halt' as const), on: fc.boolean() }),
  fc.record({
    do: fc.constant('mishap' as const),
    what: fc.constantFrom(
      undefined,
      undefined,
      'refuse' as const,
      'unknown' as const,
      'unknown-after-write' as const,
      'break' as const,
      'break-after-write' as const,
    ),
  }),
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      replica: fc.nat(1),
    }),
  },
);

const ref = 'resource:default/dial';

/** Two replicas over one database and one world. */
function startReplicas(database: Knex) {
  const world = new MeteredWorld();
  world.dials.set(ref, { uid: 'u1', value: 10, writes: [] });
  const labs = ['one', 'two'].map(worker =>
    createGateLab(database, { worker, world, settings: { poll: 60_000 } }),
  );
  return { world, labs };
}

async function play(labs: GateLab[], world: MeteredWorld, moves: Move[]) {
  const ids: string[] = [];
  const [one] = labs;
  const left = new Set<string>();
  for (const [at, step] of moves.entries()) {
    const lab = labs[at % 2];
    const id = 'which' in step ? ids.at(-1 - step.which) : undefined;
    try {
      switch (step.do) {
        case 'ask':
          labs.forEach(each => {
            each.judge = () => (step.atOnce ? run() : review());
          });
          ids.push(
            (
              await lab.gate.submit(
                {
                  operation: step.once ? 'turn-once' : 'turn',
                  target: ref,
                  input: { value: step.value },
                  reason: 'why not',
                },
                person(step.by),
                async () => true,
              )
            ).id,
          );
          break;
        case 'vote':
          if (id) {
            const { digest } = await lab.gate.get(id, person(step.by));
            await lab.gate.vote(
              id,
              { decision: step.deny ? 'deny' : 'approve', digest },
              person(step.by),
            );
          }
          break;
        case 'round':
          // All at once, on both replicas.
          await Promise.allSettled(
            step.by.map(async (by, turn) => {
              const { gate } = labs[turn % 2];
              if (id) {
                const { digest } = await gate.get(id, person(by));
                await gate.vote(
                  id,
                  { decision: 'approve', digest },
                  person(by),
                );
              }
            }),
          );
          break;
        case 'unvote':
          await (id && lab.gate.withdrawVote(id, person(step.by)));
          break;
        case 'withdraw':
          await (id && lab.gate.withdraw(id, undefined, person(step.by)));
          break;
        case 'wait':
          labs.forEach(each => {
            each.now += step.ms;
          });
          break;
        case 'meddle':
          world.dial(ref).value = step.value;
          break;
        case 'leave':
          left.add(step.who);
          labs.forEach(each =>
            each.setMembers(
              Object.fromEntries([...left].map(name => [name, ['others']])),
            ),
          );
          break;
        case 'halt':
          labs.forEach(each => {
            each.halts = step.on
              ? [{ scope: 'all', by: 'x', reason: 'y', since: 0 }]
              : [];
          });
          break;
        case 'mishap':
          world.mishap = step.what;
          break;
        default:
          labs[step.replica].executor.wake();
      }
    } catch (error) {
      const { name } = error as Error;
      if (
        ![
          'NotAllowedError',
          'ConflictError',
          'ServiceUnavailableError',
        ].includes(name)
      ) {
        throw error;
      }
    }
  }
  await Promise.all(labs.map(({ executor }) => executor.stop()));
  return Promise.all(ids.map(id => one.parts.store.read(id)));
}

const isReviewed = ({ request }: WholeRequest) =>
  request.assessment.outcome === 'review';

/** Whether those whose votes stood when it began were enough, and might. */
function foundApprovers({ request, votes }: WholeRequest, at: number): boolean {
  const stood = votes.filter(
    vote =>
      vote.decision === 'approve' &&
      vote.at <= at &&
      vote.withdrawnAt === undefined,
  );
  const names = [...new Set(stood.map(({ voter }) => voter.split('/')[1]))];
  return (
    names.length >= 2 &&
    names.every(name => decides[name] || name === 'ada') &&
    names.some(name => ofSecurity.includes(name)) &&
    !names.some(name => request.requester.set.includes(`user:default/${name}`))
  );
}

const stateAfter: Partial<Record<RequestEventType, RequestState>> = {
  Approved: 'approved',
  Denied: 'denied',
  Withdrawn: 'withdrawn',
  Expired: 'expired',
  Lapsed: 'lapsed',
  ReturnedToPending: 'pending',
  ExecutionStarted: 'running',
  ExecutionWritten: 'verifying',
};

/** Everything that is wrong about a request, however it came to be. */
function findFaults(whole: WholeRequest, writes: number): string[] {
  const { request, events, execution } = whole;
  const begun = events.find(({ type }) => type === 'ExecutionStarted');
  const states: RequestState[] = [
    'pending',
    ...events.flatMap(({ type }) => stateAfter[type] ?? []),
  ];
  const faults: [string, boolean][] = [
    ['ran twice', writes > 1],
    ['ran without being claimed', writes > 0 && !begun],
    [
      'ran unapproved',
      begun !== undefined &&
        isReviewed(whole) &&
        !foundApprovers(whole, begun.at),
    ],
    [
      'succeeded without a write',
      request.state === 'succeeded' && writes !== 1,
    ],
    // Every dial of the model works once it was turned.
    ['failed after a write', request.state === 'failed' && writes > 0],
    [
      'ended without an end',
      execution !== undefined &&
        !['running', 'verifying'].includes(request.state) &&
        execution.finishedAt === undefined,
    ],
    [
      'left the table of states',
      states.some(
        (state, position) =>
          position > 0 &&
          state !== states[position - 1] &&
          !transitions[states[position - 1]].includes(state),
      ),
    ],
  ];
  return faults.flatMap(([fault, found]) => (found ? [fault] : []));
}

it('runs nothing twice, nothing unapproved, and loses nothing', async () => {
  /** What was reached at all: a model that never gets anywhere proves nothing. */
  const reached = { byPeople: 0, byPolicy: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 15, maxLength: 50 }),
      async moves => {
        const database = await databases.init(databaseId);
        await migrate(database);
        const { world, labs } = startReplicas(database);
        const wholes = await play(labs, world, moves);
        const { writes } = world.dial(ref);
        for (const whole of wholes) {
          const mine = writes.filter(id => id === whole.request.id);
          reached.byPeople += Number(mine.length > 0 && isReviewed(whole));
          reached.byPolicy += Number(mine.length > 0 && !isReviewed(whole));
          expect(findFaults(whole, mine.length)).toEqual([]);
        }
        await database.destroy();
      },
    ),
    { numRuns: 40 },
  );
  expect(reached.byPeople).toBeGreaterThan(1);
  expect(reached.byPolicy).toBeGreaterThan(1);
});
