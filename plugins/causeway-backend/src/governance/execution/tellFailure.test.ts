import { ServiceUnavailableError } from '@backstage/errors';
import { tellFailure } from './tellFailure';

it('tells a failure in one sentence, without what caused it', () => {
  const hungUp = new Error('socket hang up');
  const unanswered = new ServiceUnavailableError('It got no answer', hungUp);
  const failed = new ServiceUnavailableError('It did not work', unanswered);
  expect(failed.message).toMatch('caused by');
  expect(tellFailure(failed)).toBe('It did not work');
  expect(tellFailure(hungUp)).toBe('socket hang up');
  expect(tellFailure('x'.repeat(2000))).toHaveLength(1000);
});
