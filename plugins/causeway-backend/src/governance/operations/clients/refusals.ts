import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { ApiFailure } from './ApiFailure';

/** What is there is not what was approved. */
export function targetChanged(reason: string): OperationRefusal {
  return new OperationRefusal({
    code: 'target-changed',
    reason,
    hint: 'Look at the target as it is now and ask again',
  });
}

/** Nothing of that name is there. */
export function noSuchTarget(what: string): OperationRefusal {
  return new OperationRefusal({
    code: 'no-such-target',
    reason: `${what} is not there any more`,
    hint: 'Wait until the estate has read its source again, and look whether it has moved',
  });
}

/**
 * What a source says no to will not work the next time either: told to whoever
 * asks. Everything else stays what it is.
 */
export function asRefusal(error: unknown, hints: { rights: string }): unknown {
  if (!(error instanceof ApiFailure) || error.heldBack) {
    return error;
  }
  if (error.status === 401 || error.status === 403) {
    return new OperationRefusal({
      code: 'not-permitted',
      reason: `The gate's own credentials may not do this: ${error.told}`,
      hint: hints.rights,
    });
  }
  if (error.status === 400 || error.status === 422) {
    return new OperationRefusal({
      code: 'rejected-by-source',
      reason: `The source would not accept it: ${error.said || error.told}`,
      hint: 'Change the input so that the source accepts it',
    });
  }
  return error;
}
