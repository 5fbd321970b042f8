import type { SignedCheckpoint } from '@causeway/backstage-plugin-causeway-common/audit';

/** Where checkpoints go that whoever administers the database cannot write. */
export interface AnchorSink {
  readonly kind: 'file' | 'endpoint';
  /** For people: without a secret. */
  readonly name: string;
  /** Most checkpoints that it takes at once. */
  readonly batch: number;
  /**
   * Number of the last checkpoint that it has.
   *
   * @param known - what the database says that it has
   * @param stored - checkpoints of the database by number
   * @throws Error that says so where it has others than the database
   */
  reached(
    known: number,
    stored: (number: number) => Promise<SignedCheckpoint | undefined>,
  ): Promise<number>;
  /**
   * Takes the next ones, in their order; resolves once they are kept.
   *
   * @throws Error that says why they are not, without a secret
   */
  take(
    checkpoints: readonly SignedCheckpoint[],
    signal: AbortSignal,
  ): Promise<void>;
}
