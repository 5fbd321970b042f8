import { CustomErrorBase, toError } from '@backstage/errors';
import type { StalenessReason } from '@causeway/backstage-plugin-causeway-common';

/**
 * A failure to read a source, with the reason that is shown. The message says
 * what happened and what to do, names the source and holds no secret.
 *
 * @public
 */
export class SourceError extends CustomErrorBase {
  name = 'SourceError' as const;

  readonly reason: StalenessReason;

  readonly cause?: Error;

  /** How long the source asked to be left alone, in milliseconds. */
  readonly retryAfter?: number;

  /** Whether a watch failed because its starting point is too old. */
  readonly expired: boolean;

  constructor(options: {
    reason: StalenessReason;
    message: string;
    cause?: unknown;
    retryAfter?: number;
    expired?: boolean;
  }) {
    super(options.message);
    // Not handed to the base class: that would put the cause's own text, which
    // may quote anything, into the message that people see.
    this.cause =
      options.cause === undefined ? undefined : toError(options.cause);
    this.reason = options.reason;
    this.retryAfter = options.retryAfter;
    this.expired = options.expired ?? false;
  }
}
