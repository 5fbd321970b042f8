import { mockServices } from '@backstage/backend-test-utils';
import { FeedLoop } from './FeedLoop';

/** A clock that stands still until told: pauses are listed and end one by one. */
function createPauses() {
  const asked: number[] = [];
  let end = () => {};
  let next = () => {};
  const delay = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      asked.push(milliseconds);
      end = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
      next();
    });
  /** Waits for the next pause. */
  const pause = () =>
    new Promise<void>(resolve => {
      next = resolve;
    });
  return { asked, delay, pause, end: () => end() };
}

it('rests for as long as the work says, backs off after errors and forgets them', async () => {
  const pauses = createPauses();
  const logger = mockServices.logger.mock();
  const results = [100, 'down', 'still down', 100, 'down again', 100];
  const loop = new FeedLoop({
    work: async () => {
      const result = results.shift();
      if (typeof result === 'number') return result;
      throw new Error(`${result}\nand more`, { cause: new Error('refused') });
    },
    logger,
    delay: pauses.delay,
  });
  let paused = pauses.pause();
  loop.start();
  for (let count = 0; count < 5; count += 1) {
    await paused;
    paused = pauses.pause();
    pauses.end();
  }
  await paused;
  expect(pauses.asked).toEqual([100, 1_000, 2_000, 100, 1_000, 100]);
  expect(logger.warn.mock.calls[0][0]).toBe(
    "Could not take the estate's feed, trying again in 1 s: down and more: refused",
  );
  await loop.stop();
});

it('wakes from a rest at once, but not from backing off', async () => {
  const pauses = createPauses();
  let works = 0;
  const loop = new FeedLoop({
    work: async () => {
      works += 1;
      if (works === 2) throw new Error('down');
      // An event during the work is not lost.
      if (works === 3) loop.wake();
      return 10_000;
    },
    logger: mockServices.logger.mock(),
    delay: pauses.delay,
  });
  let paused = pauses.pause();
  loop.start();
  await paused;
  paused = pauses.pause();
  loop.wake();
  await paused;
  expect(works).toBe(2);
  loop.wake();
  await new Promise(resolve => setImmediate(resolve));
  expect(works).toBe(2);
  paused = pauses.pause();
  pauses.end();
  await paused;
  expect(works).toBe(4);
  await loop.stop();
});
