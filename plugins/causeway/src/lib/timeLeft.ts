/** How a deadline stands. */
export interface TimeLeft {
  /** Milliseconds until it, or since it where `over`. */
  length: number;
  over: boolean;
  /** Less than a tenth of the whole, or than five minutes. */
  urgent: boolean;
}

const urgentBelow = 5 * 60_000;

/** How a deadline stands at `now`; `from` is when its clock began. */
export function timeLeft(until: number, now: number, from?: number): TimeLeft {
  const left = until - now;
  const whole = from === undefined ? 0 : until - from;
  return {
    length: Math.abs(left),
    over: left <= 0,
    urgent: left > 0 && left < Math.max(urgentBelow, whole / 10),
  };
}

/** How long what is shown of a time stays right: seconds count near the end only. */
export function tickEvery(milliseconds: number): number {
  return Math.abs(milliseconds) <= 121_000 ? 1_000 : 15_000;
}
