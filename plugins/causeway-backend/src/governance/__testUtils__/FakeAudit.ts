import type {
  AuditAnchors,
  AuditEntry,
  AuditErasure,
  AuditPage,
  AuditQuery,
  AuditVerification,
} from '@causeway/backstage-plugin-causeway-common';
import type { AuditTrail } from '../audit/AuditTrail';

/** A trail of three entries. */
export class FakeAudit implements AuditTrail {
  readonly queries: AuditQuery[] = [];
  readonly erased: (AuditErasure & { by: string })[] = [];
  /** After how many lines an export breaks. */
  breaksAfter = Infinity;
  readonly entries: AuditEntry[] = [1, 2, 3].map(seq => ({
    seq,
    at: 1_000 * seq,
    type: 'request',
    action: 'Submitted',
    by: 'user:default/ada',
    requestId: `r${seq}`,
    detail: {},
    hash: `${seq}`.repeat(64),
    previous: `${seq - 1}`.repeat(64),
  }));

  async search(query: AuditQuery): Promise<AuditPage> {
    this.queries.push(query);
    return { items: this.entries, now: 4_000 };
  }

  async verify(): Promise<AuditVerification> {
    return { entries: 3, whole: true, head: '3'.repeat(64), durationMs: 1 };
  }

  async anchors(): Promise<AuditAnchors> {
    return {
      state: 'off',
      why: 'no key is configured',
      open: 3,
      sinks: [],
      now: 4_000,
    };
  }

  async erase(
    erasure: AuditErasure,
    by: string,
  ): Promise<{ texts: number; entries: number }> {
    this.erased.push({ ...erasure, by });
    return { texts: 2, entries: 1 };
  }

  async *export(query: AuditQuery): AsyncIterable<string> {
    this.queries.push(query);
    for (const [at, entry] of this.entries.entries()) {
      if (at >= this.breaksAfter) {
        throw new Error('The database went away');
      }
      yield `${JSON.stringify(entry)}\n`;
    }
  }
}
