import { CustomErrorBase } from '@backstage/errors';

/**
 * The operation will not do that: the target, the input or the world forbids
 * it. Told to whoever asked.
 *
 * @public
 */
export class OperationRefusal extends CustomErrorBase {
  override name = 'OperationRefusal' as const;

  /** What to do instead. */
  readonly hint: string;

  /** Stable: `managed-by-git`, `no-such-target`, `target-changed`. */
  readonly code: string;

  constructor(options: { code: string; reason: string; hint: string }) {
    super(options.reason);
    this.code = options.code;
    this.hint = options.hint;
  }
}

/**
 * A write was sent and nobody can say whether it took effect.
 *
 * @public
 */
export class OutcomeUnknown extends CustomErrorBase {
  override name = 'OutcomeUnknown' as const;
}
