import type { RequestState } from '@causeway/backstage-plugin-causeway-common';
import { exitCodes } from '../cli/exitCodes';
import { isOver } from './waitForOutcome';

/** What a script goes on by. */
export function exitCodeOf(state: RequestState, waited: boolean): number {
  if (state === 'succeeded' || (!waited && !isOver(state))) {
    return exitCodes.clean;
  }
  return exitCodes.findings;
}
