import { GitHubModel } from '../github/GitHubModel';
import { systemTimers, Timers } from '../kubernetes/Timers';
import { EstateWorld } from '../world/EstateWorld';
import { createRandom } from '../world/random';
import { happenings } from './happenings';

/**
 * How the estate lives.
 *
 * @public
 */
export interface LifeOptions {
  /** Milliseconds between two happenings; 20 seconds by default. */
  everyMs?: number;
  /** The same seed lets the same things happen in the same order. */
  seed?: number;
  /** Told what has happened, one line each. */
  onHappening?: (what: string) => void;
}

/**
 * A living estate.
 *
 * @public
 */
export interface Life {
  /** Lets the next thing happen now; says what it was. */
  step(): string;
  stop(): void;
}

/** Lets something happen in the estate every now and then. */
export function startLife(
  options: LifeOptions & {
    world: EstateWorld;
    github: GitHubModel;
    timers?: Timers;
  },
): Life {
  const { world, github, timers = systemTimers } = options;
  const everyMs = options.everyMs ?? 20_000;
  const random = createRandom(options.seed ?? 1);
  let cancel: () => void = () => {};
  let stopped = false;

  const step = () => {
    const happening = happenings[Math.floor(random() * happenings.length)];
    const what = happening({ world, github, random });
    world.settle();
    options.onHappening?.(what);
    return what;
  };
  const plan = () => {
    cancel = timers.after(everyMs, () => {
      step();
      if (!stopped) {
        plan();
      }
    });
  };
  plan();
  return {
    step,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
