import { InputError } from '@backstage/errors';
import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';

/** What an operation will never do; 422 over HTTP. */
class RefusedError extends InputError {
  readonly statusCode = 422;
}

/** An error as callers are told of it: what an operation will never do is theirs to mend. */
export function toCallerError(error: unknown): unknown {
  return error instanceof OperationRefusal
    ? new RefusedError(`${error.message}. ${error.hint}`)
    : error;
}
