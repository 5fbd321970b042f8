import { isError } from '@backstage/errors';
import { SourceError } from '@causeway/backstage-plugin-causeway-node';

/**
 * What a source threw, as a `SourceError`. Anything else is a defect of the
 * source or of us: reported as `internal`, by name only, because the message
 * of a foreign error may quote what it choked on.
 */
export function toSourceError(error: unknown, source: string): SourceError {
  if (isSourceError(error)) {
    return error;
  }
  const name = isError(error) ? error.name : typeof error;
  return new SourceError({
    reason: 'internal',
    message: `Reading source ${source} failed on an unexpected ${name}; the backend's log has the details`,
    cause: error,
  });
}

/** By name, since plugins may bring their own copy of the class. */
function isSourceError(error: unknown): error is SourceError {
  return isError(error) && error.name === 'SourceError' && 'reason' in error;
}
