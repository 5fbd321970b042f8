import { useMemo } from 'react';
import { SidebarItem, useSidebarOpenState } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { useApprovalsCount } from '@causeway/backstage-plugin-causeway';
import { styled } from '@mui/material/styles';
import { portalTranslationRef } from '../translation';

const Count = styled('span')({
  display: 'inline-grid',
  placeItems: 'center',
  minWidth: 20,
  height: 20,
  padding: '0 6px',
  borderRadius: 10,
  fontSize: 12,
  fontWeight: 700,
  lineHeight: 1,
  color: '#12222c',
  background: '#f2b544',
});

const Corner = styled('span')({
  position: 'relative',
  display: 'inline-block',
  lineHeight: 0,
  '& > span': { position: 'absolute', left: 10, top: -10 },
});

/** The way to approvals, with the number of those that want whoever is signed in. */
export function ApprovalsItem({ href, title, icon }: NavContentNavItem) {
  const { t } = useTranslationRef(portalTranslationRef);
  const { isOpen } = useSidebarOpenState();
  const count = useApprovalsCount();
  const shown = count > 99 ? '99+' : String(count);
  // The sidebar takes a component: a new one with each render would be mounted anew.
  const Icon = useMemo(
    () => () => (
      <Corner>
        {icon}
        {count > 0 && !isOpen && <Count aria-hidden>{shown}</Count>}
      </Corner>
    ),
    [icon, count, isOpen, shown],
  );
  const name =
    count > 0
      ? { 'aria-label': `${title}, ${t('nav.wantYou', { count })}` }
      : {};
  return (
    <SidebarItem to={href} text={title} icon={Icon} {...name}>
      {count > 0 && <Count aria-hidden>{shown}</Count>}
    </SidebarItem>
  );
}
