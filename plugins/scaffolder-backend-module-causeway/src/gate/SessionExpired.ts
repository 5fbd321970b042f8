import { CustomErrorBase } from '@backstage/errors';

/** The person who started the template cannot be spoken for any more. */
export class SessionExpired extends CustomErrorBase {
  override name = 'SessionExpired' as const;

  constructor(cause?: unknown) {
    super(
      'The session in which the template was started is over, and nothing is asked for without it. Sign in and press Retry: what was asked for already is found again',
      cause,
    );
  }
}
