import {
  asNothingWritten,
  beforeWriting,
  NothingWritten,
  OperationRefusal,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import { ApiFailure } from '../clients/ApiFailure';
import { asRefusal } from '../clients/refusals';
import { lookBackAfter, type Pause } from '../shared/Pause';

/** Milliseconds that are waited once when GitHub asks for patience; what takes longer is asked again. */
const longestWait = 15_000;

const attempts = 3;

const writerRights =
  "Whoever runs the portal grants the gate's token or app what docs/governance/operations.md lists for GitHub, on this repository";

/**
 * One write to GitHub.
 *
 * @param options.find - looks whether it took effect, when it got no answer
 * @throws OperationRefusal or NothingWritten where it took no effect for sure, OutcomeUnknown where nobody can tell
 */
export async function sendToGithub<T>(options: {
  /** What it is, for people: `Branch causeway/1`. */
  what: string;
  send: () => Promise<T>;
  find: () => Promise<T | undefined>;
  pause: Pause;
  signal: AbortSignal;
}): Promise<T> {
  const { what, send, pause, signal } = options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    await beforeWriting(() => signal.throwIfAborted());
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiFailure)) {
        throw error;
      }
      if (error.tookEffect === 'perhaps') {
        return lookBack(options, error);
      }
      if (!error.heldBack) {
        throw asNothingWritten(refusalOf(error));
      }
      const wait = Math.min(error.retryAfter ?? 1_000, longestWait);
      await beforeWriting(() => pause(wait, signal));
    }
  }
  throw new NothingWritten(
    `GitHub held it back ${attempts} times: ${what} was not written, ask again when it is quieter`,
  );
}

async function lookBack<T>(
  {
    what,
    find,
    pause,
  }: Pick<Parameters<typeof sendToGithub<T>>[0], 'what' | 'find' | 'pause'>,
  failure: ApiFailure,
): Promise<T> {
  let answered = false;
  for (const wait of lookBackAfter) {
    await pause(wait);
    try {
      const found = await find();
      answered = true;
      if (found !== undefined) {
        return found;
      }
    } catch {
      // GitHub is away: the next look may tell.
    }
  }
  if (answered) {
    throw new NothingWritten(
      `${what} was not written: ${failure.told}`,
      failure,
    );
  }
  throw new OutcomeUnknown(
    `${what} got no answer, and GitHub does not answer now: nobody can say whether it was written`,
    failure,
  );
}

/** What GitHub says no to; a private repository is not there for who may not see it. */
export function refusalOf(error: ApiFailure): unknown {
  return error.status === 404
    ? new OperationRefusal({
        code: 'not-permitted',
        reason: `GitHub does not show the gate what it shall change: ${error.told}`,
        hint: writerRights,
      })
    : asRefusal(error, { rights: writerRights });
}
