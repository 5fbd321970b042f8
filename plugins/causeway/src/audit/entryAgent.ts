import type { AuditEntry } from '@causeway/backstage-plugin-causeway-common';

/**
 * Whether a program did what an entry tells of: a service, or an agent with a
 * person's token. Only an agent brings a decision record.
 */
export function isByAgent({ action, by, detail }: AuditEntry): boolean {
  const { request } = detail;
  const key =
    request && typeof request === 'object' && !Array.isArray(request)
      ? request.agentKey
      : undefined;
  return (
    by.startsWith('subject:') ||
    action === 'RecommendationGenerated' ||
    (action === 'Submitted' && typeof key === 'string')
  );
}
