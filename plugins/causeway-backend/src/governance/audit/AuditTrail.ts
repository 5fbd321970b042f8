import type {
  AuditAnchors,
  AuditErasure,
  AuditPage,
  AuditQuery,
  AuditVerification,
} from '@causeway/backstage-plugin-causeway-common';

/** The audit trail, to read, and to erase texts beside it. */
export interface AuditTrail {
  search(query: AuditQuery): Promise<AuditPage>;
  verify(signal: AbortSignal): Promise<AuditVerification>;
  /** Lines of JSON, each with its line end. */
  export(query: AuditQuery): AsyncIterable<string>;
  /** What outside of the database vouches for it. */
  anchors(): Promise<AuditAnchors>;
  /**
   * @param by - reference of the person who erases
   * @throws NotFoundError where there is no such text, or none any more
   */
  erase(
    erasure: AuditErasure,
    by: string,
  ): Promise<{ texts: number; entries: number }>;
}
