import { SidebarItem } from '@backstage/core-components';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { useMayReadAudit } from '@causeway/backstage-plugin-causeway';

/** The way to the audit trail, for those who may read it. */
export function AuditItem({ href, title, icon }: NavContentNavItem) {
  return useMayReadAudit() ? (
    <SidebarItem to={href} text={title} icon={() => icon} />
  ) : null;
}
