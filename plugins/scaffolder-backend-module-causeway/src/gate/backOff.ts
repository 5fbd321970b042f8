/** Milliseconds between two looks: the first ones are close, for most of what waits is decided by a rule. */
export interface BackOff {
  first: number;
  factor: number;
  most: number;
}

/** One look after a second, later one every 15 seconds. */
export const defaultBackOff: BackOff = {
  first: 1_000,
  factor: 1.5,
  most: 15_000,
};

/** How long to wait before the look of that number, from 0. */
export function pauseBefore(look: number, backOff: BackOff): number {
  return Math.min(
    backOff.most,
    Math.round(backOff.first * backOff.factor ** look),
  );
}
