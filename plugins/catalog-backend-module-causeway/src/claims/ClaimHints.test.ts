import { mockServices } from '@backstage/backend-test-utils';
import { service } from '../__testUtils__/entities';
import { claimHash } from './claimHash';
import { ClaimHints } from './ClaimHints';

afterEach(() => jest.useRealTimers());

it('publishes one hint for a flood of changes, and another for later ones', async () => {
  jest.useFakeTimers();
  const events = { publish: jest.fn(async () => {}) };
  const hints = new ClaimHints({ events, logger: mockServices.logger.mock() });
  for (let count = 0; count < 10_000; count += 1) hints.changed();
  expect(events.publish).not.toHaveBeenCalled();
  jest.advanceTimersByTime(2_000);
  expect(events.publish).toHaveBeenCalledTimes(1);
  hints.changed();
  jest.advanceTimersByTime(2_000);
  expect(events.publish).toHaveBeenCalledTimes(2);
  hints.changed();
  hints.stop();
  jest.advanceTimersByTime(10_000);
  expect(events.publish).toHaveBeenCalledTimes(2);
});

it('sees what the estate reads as a claim, and nothing else', () => {
  const entity = service('ledger');
  const { annotations } = entity.metadata;
  const hash = claimHash(entity);
  expect(
    claimHash({ ...entity, spec: { ...entity.spec, description: 'new' } }),
  ).toBe(hash);
  expect(
    claimHash({
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: { ...annotations, 'backstage.io/kubernetes-id': 'ledger' },
      },
    }),
  ).not.toBe(hash);
  expect(
    claimHash({ ...entity, spec: { ...entity.spec, owner: 'payments' } }),
  ).not.toBe(hash);
});
