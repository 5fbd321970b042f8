import type { JsonObject } from '@backstage/types';

/** An entry of the audit trail, before it has its place there. */
export interface NewAuditEntry {
  /** `request`, `vote`, `execution`, `policy`, `halt`, `feedback`, `audit`. */
  type: string;
  /** `Submitted`, `VoteCast`, ... */
  action: string;
  /** Who did it: a person, a subject, `policy/<rule>` or `gate`. */
  by: string;
  requestId?: string;
  /** What it was about: an entity reference, a policy's hash. */
  subject?: string;
  /** Never erased: no text that people wrote. */
  detail: JsonObject;
  /** Texts that may have to be erased: reasons, comments. The chain holds their salted hashes only. */
  erasable?: Record<string, string | undefined>;
  /** Epoch milliseconds, database time. */
  at: number;
}
