import { mockServices } from '@backstage/backend-test-utils';
import { at, entry } from '../__testUtils__/startAudit';
import { AuditorForwarder } from './AuditorForwarder';

describe('AuditorForwarder', () => {
  it('tells ids, types, who and states, and nothing that people wrote', async () => {
    const auditor = mockServices.auditor.mock();
    const success = jest.fn();
    auditor.createEvent.mockResolvedValue({ success, fail: jest.fn() });
    const forwarder = new AuditorForwarder({
      auditor,
      logger: mockServices.logger.mock(),
    });
    await forwarder.forward([
      entry({
        type: 'vote',
        action: 'VoteCast',
        detail: {
          decision: 'approve',
          state: 'approved',
          tier: 2,
          digest: 'abc',
          input: { password: 'hunter2' },
          outcome: 'x'.repeat(1000),
          operation: { hunter2: true },
        },
        erasable: { comment: 'hunter2 was here' },
      }),
      entry({ type: 'halt', subject: undefined, requestId: undefined }),
    ]);
    expect(auditor.createEvent.mock.calls.map(([event]) => event)).toEqual([
      {
        eventId: 'gate-vote',
        severityLevel: 'medium',
        meta: {
          type: 'vote',
          action: 'VoteCast',
          by: 'user:default/ada-okafor',
          requestId: 'r-1',
          subject: 'component:default/payment-api',
          decision: 'approve',
          state: 'approved',
          tier: 2,
        },
      },
      {
        eventId: 'gate-halt',
        severityLevel: 'high',
        meta: {
          type: 'halt',
          action: 'Submitted',
          by: 'user:default/ada-okafor',
          state: 'pending',
          tier: 2,
        },
      },
    ]);
    expect(success).toHaveBeenCalledTimes(2);
  });

  it('goes on where the auditor fails, without a word of the content', async () => {
    const auditor = mockServices.auditor.mock();
    const logger = mockServices.logger.mock();
    auditor.createEvent.mockRejectedValue(new Error('hunter2'));
    await new AuditorForwarder({ auditor, logger }).forward([
      entry({ at }),
      entry({ at }),
    ]);
    expect(auditor.createEvent).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('hunter2');
  });
});
