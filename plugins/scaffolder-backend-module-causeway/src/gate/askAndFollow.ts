import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { RequestSubmission } from '@causeway/backstage-plugin-causeway-common';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultBackOff, type BackOff } from './backOff';
import { followRequest } from './followRequest';
import type { GateClient } from './GateClient';
import { isOver, refusalOf, type Progress } from './judgeProgress';
import { WaitingForApproval } from './WaitingForApproval';
import type { WaitingSlots } from './WaitingSlots';

/** What steps ask the gate with. */
export interface GateAccess {
  gate: Pick<GateClient, 'assess' | 'submit' | 'withdraw' | 'progress'>;
  slots: WaitingSlots;
  /** How often waiting steps look. */
  backOff?: BackOff;
  /** Aborted when the backend stops. */
  stopping?: AbortSignal;
}

/** What a step tells of itself. */
export interface StepContext {
  logger: LoggerService;
  signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
}

/** What a step asks for, and how long it waits for it. */
export interface Ask {
  submission: RequestSubmission;
  /** Milliseconds; 0 goes on at once with whatever it is. */
  waitFor: number;
  /** Whether the template can go on. */
  goesOn(progress: Progress): boolean;
  /** Whether a canceled task takes its request back. */
  withdrawOnCancel: boolean;
}

/**
 * Asks the gate as the person who started the template, and waits for what
 * comes of it.
 *
 * @throws NotAllowedError or ConflictError with the reason where the template cannot go on
 * @throws WaitingForApproval where nobody decides in time
 */
export async function askAndFollow(
  { gate, slots, backOff = defaultBackOff, stopping }: GateAccess,
  ctx: StepContext,
  { submission, waitFor, goesOn, withdrawOnCancel }: Ask,
): Promise<Progress> {
  const { logger, signal } = ctx;
  signal?.throwIfAborted();
  const credentials = await ctx.getInitiatorCredentials();
  const receipt = await gate.submit(submission, credentials);
  logger.info(
    `Asked for ${submission.operation} on ${submission.target}: ${receipt.state} (tier ${receipt.tier}, ${receipt.decidedBy}): ${receipt.link}`,
  );
  const first: Progress = receipt;
  const refusal = refusalOf(first);
  if (refusal) {
    throw withHints(refusal, receipt.refusals);
  }
  if (waitFor === 0 || goesOn(first) || isOver(first)) {
    return first;
  }
  const giveBack = slots.take();
  if (!giveBack) {
    throw new WaitingForApproval({
      link: first.link,
      why: 'as many templates wait already as can at a time, and the others need their turn',
    });
  }
  try {
    return await followRequest({
      first,
      read: one => gate.progress(first.id, one),
      goesOn,
      waitFor,
      backOff,
      log: message => logger.info(message),
      signal,
      now: () => performance.now(),
      pause: async (ms, one) => {
        await delay(ms, undefined, { signal: one });
        if (stopping?.aborted) {
          // An error would end the task: it is left as it is instead, and
          // recovered when the scaffolder is back.
          await new Promise(() => {});
        }
      },
    });
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
    throw await canceled({
      take: withdrawOnCancel,
      link: first.link,
      withdraw: () =>
        gate.withdraw(
          first.id,
          'The template that asked for it was canceled',
          credentials,
        ),
    });
  } finally {
    giveBack();
  }
}

/** What a refusal says to do instead. */
function withHints(
  refusal: Error,
  refusals: readonly { reason: string; hint: string }[],
): Error {
  const hints = refusals.map(({ hint }) => hint).filter(Boolean);
  if (hints.length > 0) {
    refusal.message = `${refusal.message} (${hints.join(' ')})`;
  }
  return refusal;
}

async function canceled(options: {
  take: boolean;
  link: string;
  withdraw(): Promise<void>;
}): Promise<Error> {
  const { take, link } = options;
  if (!take) {
    return new Error(
      `The task was canceled. Its request stays, and may still be approved and carried out: ${link}`,
    );
  }
  try {
    await options.withdraw();
    return new Error(
      `The task was canceled, and its request was taken back: ${link}`,
    );
  } catch (error) {
    return new Error(
      `The task was canceled, and its request could not be taken back (${(error as Error).message}). Withdraw it in the portal: ${link}`,
    );
  }
}
