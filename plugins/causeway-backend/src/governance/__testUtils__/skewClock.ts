/**
 * Sets the clock of this process off by so many milliseconds: `Date` in every
 * form. Timers and the database's clock stay right.
 *
 * @returns the way back
 */
export function skewClock(ms: number): () => void {
  const Right = globalThis.Date;
  class SkewedDate extends Right {
    constructor(...parts: unknown[]) {
      super(...((parts.length ? parts : [SkewedDate.now()]) as [number]));
    }

    static override now(): number {
      return Right.now() + ms;
    }
  }
  globalThis.Date = SkewedDate as DateConstructor;
  return () => {
    globalThis.Date = Right;
  };
}
