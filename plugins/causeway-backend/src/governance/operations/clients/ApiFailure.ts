import { CustomErrorBase } from '@backstage/errors';

/**
 * A request to a source that did not end well. Of a write it says whether it
 * may have taken effect nevertheless: an API server that answers 403 did
 * nothing, one that does not answer may have done everything.
 */
export class ApiFailure extends CustomErrorBase {
  override name = 'ApiFailure' as const;

  /** Absent where there was no whole answer. */
  readonly status?: number;

  readonly tookEffect: 'no' | 'perhaps';

  /** Whether there were too many requests: the same one will do later. */
  readonly heldBack: boolean;

  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number;

  /** What the server said, bounded; empty where it said nothing. */
  readonly said: string;

  /** For people, to end a sentence with: `production-eu answered with status 403: ...`. */
  readonly told: string;

  constructor(options: {
    message: string;
    tookEffect: 'no' | 'perhaps';
    status?: number;
    heldBack?: boolean;
    retryAfter?: number;
    said?: string;
    told: string;
    cause?: unknown;
  }) {
    super(options.message, options.cause);
    this.status = options.status;
    this.tookEffect = options.tookEffect;
    this.heldBack = options.heldBack ?? false;
    this.retryAfter = options.retryAfter;
    this.said = options.said ?? '';
    this.told = options.told;
  }
}

/** The status of a failed request; `undefined` for anything else. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ApiFailure ? error.status : undefined;
}
