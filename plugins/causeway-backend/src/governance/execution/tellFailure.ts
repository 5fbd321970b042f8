import { isError } from '@backstage/errors';

/** As much of a failure as a page, an event and the trail hold. */
const most = 1000;

/**
 * A failure in a sentence, for people. Errors append what caused them to their
 * message, and that what caused it in turn: that is for the log. Modules may
 * throw anything, even nothing at all.
 */
export function tellFailure(error: unknown): string {
  const message = isError(error) ? error.message : String(error);
  const [own] = message.split('; caused by ', 1);
  return (own || 'It broke without a word').slice(0, most);
}
