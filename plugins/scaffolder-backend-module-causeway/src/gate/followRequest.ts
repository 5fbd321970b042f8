import { isError } from '@backstage/errors';
import type { Progress } from './judgeProgress';
import { describeWait, isOver, refusalOf } from './judgeProgress';
import { pauseBefore, type BackOff } from './backOff';
import { WaitingForApproval } from './WaitingForApproval';

/** What following a request takes; times in milliseconds. */
export interface FollowOptions {
  /** As it was when it was asked. */
  first: Progress;
  read(signal?: AbortSignal): Promise<Progress>;
  /** Whether the template can go on. */
  goesOn(progress: Progress): boolean;
  /** How long to wait; none where it ends at once if it cannot go on. */
  waitFor: number;
  backOff: BackOff;
  log(message: string): void;
  /** Aborted when the task is canceled. */
  signal?: AbortSignal;
  now(): number;
  /** Rejects when the signal is aborted. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Looks at a request until the template can go on.
 *
 * @returns the request as it was then
 * @throws NotAllowedError or ConflictError with the reason where it never will
 * @throws WaitingForApproval where it is not decided in time
 */
export async function followRequest(options: FollowOptions): Promise<Progress> {
  const { goesOn, log, now, signal, backOff } = options;
  const until = now() + options.waitFor;
  let told: string | undefined;
  let progress = options.first;
  for (let look = 0; ; look++) {
    const refusal = refusalOf(progress);
    if (refusal) {
      throw refusal;
    }
    if (goesOn(progress) || isOver(progress)) {
      return progress;
    }
    const waits = describeWait(progress);
    if (waits !== told) {
      log(waits);
      told = waits;
    }
    const left = until - now();
    if (left <= 0) {
      throw new WaitingForApproval({
        link: progress.link,
        why:
          progress.state === 'pending'
            ? `${progress.missing ?? 'a decision'} of ${progress.deciders.join(', ') || 'those whom the policy names'}`
            : `the request is ${progress.state}`,
      });
    }
    await options.pause(Math.min(left, pauseBefore(look, backOff)), signal);
    progress = await lookAgain(options, progress);
  }
}

/** What cannot be read now is read at the next look. */
async function lookAgain(
  { read, log, signal }: FollowOptions,
  before: Progress,
): Promise<Progress> {
  try {
    return await read(signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!passes(error)) {
      throw error;
    }
    log(`The gate cannot be read now: ${(error as Error).message}`);
    return before;
  }
}

function passes(error: unknown): boolean {
  return (
    isError(error) &&
    (error.name === 'ServiceUnavailableError' ||
      (error as { passes?: boolean }).passes === true)
  );
}
