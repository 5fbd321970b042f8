import { checkJson } from '../governance/input/checkJson';
import { requireNoSecrets } from '../governance/input/requireNoSecrets';
import { toCallerError } from '../governance/toCallerError';

/**
 * Runs an action of the gate over input that everything behind can take, with
 * errors as callers are told of them.
 */
export async function answering<I, O>(
  input: I,
  answer: (input: I) => Promise<O>,
): Promise<{ output: O }> {
  checkJson(input, 'The input');
  requireNoSecrets(input);
  try {
    return { output: await answer(input) };
  } catch (error) {
    throw toCallerError(error);
  }
}
