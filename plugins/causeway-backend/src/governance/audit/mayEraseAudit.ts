import type { Choice } from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from '../requests/GateParts';

/** Erasing cannot be taken back: it is for groups that configuration names, permissions besides (THREATS C5). */
export function mayEraseAudit(
  { erasers = [] }: Pick<GateParts['settings'], 'erasers'>,
  { groups }: { groups: readonly string[] },
): Choice {
  if (erasers.some(group => groups.includes(group))) {
    return { allowed: true };
  }
  return {
    allowed: false,
    why:
      erasers.length === 0
        ? 'Nobody erases texts of the audit trail: causeway.gate.erasers names no group'
        : `Members of ${erasers.join(', ')} erase texts of the audit trail`,
  };
}
