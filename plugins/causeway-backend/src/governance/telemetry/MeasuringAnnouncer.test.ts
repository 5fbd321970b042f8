import type { RequestEventType } from '@causeway/backstage-plugin-causeway-common';
import { gateRequest } from '../__testUtils__/requests';
import type { StoredRequest } from '../requests/StoredRequest';
import { MeasuringAnnouncer } from './MeasuringAnnouncer';

/** What is measured of a change, and that it is announced. */
function measure(change: Partial<StoredRequest>, event: RequestEventType) {
  const told: unknown[] = [];
  const announced: RequestEventType[] = [];
  const announcer = new MeasuringAnnouncer(
    {
      requested: attributes => told.push(['requested', attributes]),
      voted: attributes => told.push(['voted', attributes]),
      decided: (ms, attributes) => told.push(['decided', ms, attributes]),
      executed: (ms, attributes) => told.push(['executed', ms, attributes]),
    },
    { changed: (_, type) => announced.push(type) },
  );
  announcer.changed(
    {
      ...gateRequest(),
      requesterGroups: [],
      deciders: [],
      revision: 2,
      createdAt: 1_000,
      updatedAt: 61_000,
      ...change,
    },
    event,
  );
  expect(announced).toEqual([event]);
  return told;
}

const operation = 'scale-workload';
const vote = (decision: string) => [
  'voted',
  { decision, presence: 'unattested' },
];

it.each<[string, Partial<StoredRequest>, RequestEventType, unknown[]]>([
  [
    'a request, by what policy made of it',
    { revision: 1 },
    'Assessed',
    [['requested', { outcome: 'review', tier: 2, operation }]],
  ],
  ['a vote', {}, 'VoteCast', [vote('approve')]],
  ['a vote that is taken back', {}, 'VoteWithdrawn', [vote('withdraw')]],
  [
    'an approval',
    { state: 'approved' },
    'Approved',
    [vote('approve'), ['decided', 60_000, { state: 'approved', operation }]],
  ],
  [
    'a denial',
    { state: 'denied' },
    'Denied',
    [vote('deny'), ['decided', 60_000, { state: 'denied', operation }]],
  ],
  [
    'an execution that ended',
    { state: 'failed', approvedAt: 31_000 },
    'RollbackSkipped',
    [['executed', 30_000, { outcome: 'failed', operation }]],
  ],
  [
    'an execution that goes on',
    { state: 'verifying', approvedAt: 31_000 },
    'VerificationFailed',
    [],
  ],
  ['what a person found out', { state: 'succeeded' }, 'Reconciled', []],
])('measures %s', (_, change, event, expected) => {
  expect(measure(change, event)).toEqual(expected);
});
