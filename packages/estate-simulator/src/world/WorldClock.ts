/** A clock that can be set while a world's past is made up. */
export interface WorldClock {
  now(): Date;
  /** Stands still at a time, until `release`. */
  travel(to: Date): void;
  /** Follows the real (or injected) time again. */
  release(): void;
}

/** Creates a clock over a source of time. */
export function createWorldClock(now: () => Date): WorldClock {
  let held: Date | undefined;
  return {
    now: () => held ?? now(),
    travel: to => {
      held = to;
    },
    release: () => {
      held = undefined;
    },
  };
}

const DAY = 24 * 60 * 60 * 1000;

/** The time a number of days before another. */
export function daysBefore(date: Date, days: number): Date {
  return new Date(date.getTime() - days * DAY);
}

/** The last midnight, UTC. */
export function startOfDay(date: Date): Date {
  return new Date(Math.floor(date.getTime() / DAY) * DAY);
}
