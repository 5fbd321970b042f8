import type { PolicyDocument } from '@causeway/backstage-plugin-causeway-common/policy';

/** A policy with its hash and where it comes from. */
export interface NamedPolicy {
  hash: string;
  /** File names, or `built in`. */
  origin: string;
  document: PolicyDocument;
}

/** The row of the policy in force. Times are epoch milliseconds on the database's clock. */
export interface ActivePolicy extends NamedPolicy {
  /** Increases with every change of the row. */
  revision: number;
  since: number;
  /** A looser or older one that waits. */
  announced?: NamedPolicy & { from: number; seen: number };
  /** A newer one that cannot be used. */
  invalid?: { message: string; at: number };
}

/** What the row becomes. */
export type PolicyRow = Omit<ActivePolicy, 'revision'>;

/** Keeps the policy in force: one row, whoever asks (THREATS H12). */
export interface PolicyStore {
  /** The row, with the database's time. */
  read(): Promise<{ row: ActivePolicy | undefined; now: number }>;
  /** Just enough to see whether there is something to read. */
  revision(): Promise<number | undefined>;
  /** Whether a policy of this hash was in force before. */
  wasInForce(hash: string): Promise<boolean>;
  /**
   * Writes the row if it still has that revision (`undefined`: if there is
   * none). Gives whether it did: of two replicas one wins.
   */
  replace(before: number | undefined, row: PolicyRow): Promise<boolean>;
}
