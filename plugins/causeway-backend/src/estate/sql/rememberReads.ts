/**
 * Reads once for all who ask within a while from when the read began. A
 * failure is told to those who wait for it, and not kept.
 *
 * @param age - milliseconds
 */
export function rememberReads<T>(
  age: number,
  read: () => Promise<T>,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let kept: { answer: Promise<T>; until: number } | undefined;
  return () => {
    if (!kept || kept.until <= now()) {
      const anew = { answer: read(), until: now() + age };
      kept = anew;
      anew.answer.catch(() => {
        if (kept === anew) {
          kept = undefined;
        }
      });
    }
    return kept.answer;
  };
}
