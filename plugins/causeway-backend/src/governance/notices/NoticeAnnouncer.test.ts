import { mockServices } from '@backstage/backend-test-utils';
import type { RequestEventType } from '@causeway/backstage-plugin-causeway-common';
import type { StoredRequest } from '../requests/StoredRequest';
import { gateRequest } from '../__testUtils__/requests';
import { NoticeAnnouncer } from './NoticeAnnouncer';
import type { Audience, ChangedRequest } from './Notices';

const deciders = ['group:default/payments', 'group:default/platform'];

function lab() {
  const told: { changed: ChangedRequest; audience: Audience }[] = [];
  const announcer = new NoticeAnnouncer({
    notices: {
      requestChanged: async (changed, audience) => {
        told.push({ changed, audience });
      },
    },
    membership: { members: async () => [] },
    reconcilers: ['group:default/security'],
    logger: mockServices.logger.mock(),
  });
  const after = async (
    event: RequestEventType,
    state: StoredRequest['state'],
    outcome: 'review' | 'run' = 'review',
  ) => {
    const request = gateRequest({ state });
    announcer.changed(
      {
        ...request,
        assessment: { ...request.assessment, outcome },
        deciders,
      } as unknown as StoredRequest,
      event,
    );
    await announcer.settle();
    return told.at(-1)!.audience.told;
  };
  return { after, told };
}

it('tells those who decide that it waits, with what is at stake', async () => {
  const { after, told } = lab();
  expect(await after('Assessed', 'pending')).toEqual(deciders);
  expect(told[0].audience.except).toEqual(['user:default/ada']);
  expect(told[0].changed).toMatchObject({ id: 'r1', risk: 'critical' });
});

it.each([
  ['Approved', 'approved'],
  ['Denied', 'denied'],
  ['Withdrawn', 'withdrawn'],
  ['Expired', 'expired'],
  ['Refused', 'refused'],
] as const)(
  'tells those for whom it waited that it does not any more: %s',
  async (event, state) => {
    const { after } = lab();
    expect(await after(event, state)).toEqual([
      ...deciders,
      'user:default/ada',
    ]);
    // Nobody was asked about what ran by itself.
    expect(await after(event, state, 'run')).toEqual(['user:default/ada']);
  },
);

it('tells those who look into unknown outcomes, also that one did', async () => {
  const { after } = lab();
  expect(await after('OutcomeUnknown', 'unknown')).toEqual([
    'group:default/security',
  ]);
  expect(await after('Reconciled', 'failed')).toEqual([
    'group:default/security',
    'user:default/ada',
  ]);
});
