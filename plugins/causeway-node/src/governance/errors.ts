import { CustomErrorBase, isError } from '@backstage/errors';

/**
 * The operation will not do that: the target, the input or the world forbids
 * it. Told to whoever asked. Thrown by `execute` or `rollback` it declares, as
 * {@link NothingWritten} does, that nothing was written.
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
 * `execute` or `rollback` did not work, and the operation knows that nothing
 * was written: it broke before anything was sent, or the source said no.
 * Never thrown on a guess: what says neither this nor
 * {@link OperationRefusal} leaves the request `unknown`.
 *
 * @public
 */
export class NothingWritten extends CustomErrorBase {
  override name = 'NothingWritten' as const;
}

/**
 * A write was sent and nobody can say whether it took effect. Every error that
 * declares nothing counts as this one; this one says so in words.
 *
 * @public
 */
export class OutcomeUnknown extends CustomErrorBase {
  override name = 'OutcomeUnknown' as const;
}

/**
 * Whether an error out of `execute` or `rollback` declares that nothing was
 * written. By name, for a module may have another copy of this package.
 *
 * @public
 */
export function declaresNothingWritten(error: unknown): boolean {
  return (
    isError(error) &&
    (error.name === 'NothingWritten' || error.name === 'OperationRefusal')
  );
}

/**
 * Does what comes before a write: reading, checking, connecting. Whatever goes
 * wrong in it comes out as an error that declares that nothing was written.
 *
 * @public
 */
export async function beforeWriting<T>(
  prepare: () => T | Promise<T>,
): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    throw asNothingWritten(error);
  }
}

/**
 * The same error, declaring that nothing was written: for who knows it.
 *
 * @public
 */
export function asNothingWritten(error: unknown): unknown {
  return declaresNothingWritten(error)
    ? error
    : new NothingWritten(
        `Nothing was written: ${isError(error) ? error.message : String(error)}`,
        error,
      );
}
