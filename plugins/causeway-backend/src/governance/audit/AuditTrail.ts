import type {
  AuditPage,
  AuditQuery,
  AuditVerification,
} from '@causeway/backstage-plugin-causeway-common';

/** The audit trail, to read. */
export interface AuditTrail {
  search(query: AuditQuery): Promise<AuditPage>;
  verify(signal: AbortSignal): Promise<AuditVerification>;
  /** Lines of JSON, each with its line end. */
  export(query: AuditQuery): AsyncIterable<string>;
}
