/**
 * Lets those who ask while a read is under way share the next one. What
 * anybody is told was read after they asked, so that nobody misses what they
 * wrote before; and however many ask at once, one read runs and one waits.
 */
export function shareReads<T>(read: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  let next: Promise<T> | undefined;
  const run = () => {
    const reading: Promise<T> = read().finally(() => {
      if (current === reading) {
        current = undefined;
      }
    });
    current = reading;
    return reading;
  };
  return () => {
    if (!current) {
      return run();
    }
    const begin = () => {
      next = undefined;
      return run();
    };
    next ??= current.then(begin, begin);
    return next;
  };
}
