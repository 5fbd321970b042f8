import type { Choice } from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from '../requests/GateParts';

/** Reading the trail is for groups that configuration names, permissions besides (THREATS C5). */
export function mayReadAudit(
  { auditors }: Pick<GateParts['settings'], 'auditors'>,
  { groups }: { groups: readonly string[] },
): Choice {
  if (auditors.some(group => groups.includes(group))) {
    return { allowed: true };
  }
  return {
    allowed: false,
    why:
      auditors.length === 0
        ? 'Nobody reads the audit trail: causeway.gate.auditors names no group'
        : `Members of ${auditors.join(', ')} read the audit trail`,
  };
}
