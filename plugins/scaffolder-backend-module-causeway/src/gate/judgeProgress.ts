import { NotAllowedError, ConflictError } from '@backstage/errors';
import type {
  RequestProgress,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';

/** What a step needs to know of a request. */
export type Progress = Pick<
  RequestProgress,
  | 'id'
  | 'state'
  | 'tier'
  | 'why'
  | 'decidedBy'
  | 'deciders'
  | 'missing'
  | 'outcome'
  | 'link'
>;

/** States in which something still happens, by itself or by people. */
const open: readonly RequestState[] = [
  'pending',
  'approved',
  'running',
  'verifying',
  'manual',
];

/** Whether it came to its end. */
export function isOver({ state }: Progress): boolean {
  return !open.includes(state);
}

/**
 * Why a template cannot go on, in words that say what to do; nothing where it
 * can, or may still.
 */
export function refusalOf(progress: Progress): Error | undefined {
  const { state, why, decidedBy, link } = progress;
  const anew = 'Start the template anew to ask again';
  switch (state) {
    case 'denied':
      return new NotAllowedError(
        `Denied by ${decidedBy ?? 'the approvers'}: ${why}. ${anew}, with what was said in mind: ${link}`,
      );
    case 'refused':
      return new NotAllowedError(`Refused: ${why}: ${link}`);
    case 'expired':
      return new ConflictError(
        `Nobody decided in time: ${why}. ${anew}: ${link}`,
      );
    case 'lapsed':
      return new ConflictError(
        `It was approved and not carried out in time: ${why}. ${anew}: ${link}`,
      );
    case 'withdrawn':
      return new ConflictError(`It was taken back: ${why}. ${anew}: ${link}`);
    case 'failed':
    case 'rolled-back':
      return new ConflictError(
        `It was carried out and ${state === 'failed' ? 'failed' : 'was rolled back'}: ${progress.outcome ?? why}: ${link}`,
      );
    case 'unknown':
      return new ConflictError(
        `Nobody can say yet whether it took effect, and a person has to look: ${why}. Retry then: ${link}`,
      );
    default:
      return undefined;
  }
}

/** What a step waits for, for the log: who can decide, and what is missing. */
export function describeWait({
  state,
  deciders,
  missing,
  why,
  link,
}: Progress): string {
  switch (state) {
    case 'pending':
      return `Waiting for ${missing ?? 'a decision'} of ${deciders.join(', ') || 'those whom the policy names'}: ${link}`;
    case 'approved':
      return `Approved, about to be carried out: ${link}`;
    case 'running':
      return `It is carried out: ${link}`;
    case 'verifying':
      return `It is carried out, and watched: ${link}`;
    case 'manual':
      return `People do it by hand (${why}): ${link}`;
    default:
      return `It is ${state}: ${link}`;
  }
}
