import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Link,
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
  useSidebarOpenState,
} from '@backstage/core-components';
import {
  NavContentBlueprint,
  type NavContentComponentProps,
  type NavContentNavItem,
} from '@backstage/plugin-app-react';
import { styled } from '@mui/material/styles';
import { RiMenuLine, RiUserLine } from '@remixicon/react';
import { portalTranslationRef } from '../translation';
import { ApprovalsItem } from './ApprovalsItem';
import { AuditItem } from './AuditItem';
import { Logo } from './Logo';
import { PersonaControl } from './PersonaControl';

const Home = styled(Link)({
  display: 'flex',
  alignItems: 'center',
  height: 72,
  padding: '0 20px',
  '&:focus-visible': { outline: '2px solid #f2b544', outlineOffset: -4 },
});

function Brand() {
  const { isOpen } = useSidebarOpenState();
  const { t } = useTranslationRef(portalTranslationRef);
  return (
    <Home
      to="/"
      underline="none"
      aria-label={t('nav.home', { brand: 'Causeway' })}
    >
      <Logo wordmark={isOpen} />
    </Home>
  );
}

function NavItem({ href, title, icon }: NavContentNavItem) {
  return <SidebarItem to={href} text={title} icon={() => icon} />;
}

function Nav({ navItems }: NavContentComponentProps) {
  const { t } = useTranslationRef(portalTranslationRef);
  const approvals = navItems.take('page:causeway/approvals');
  const audit = navItems.take('page:causeway/audit');
  const items = navItems.withComponent(NavItem);
  const settings = items.take('page:user-settings');
  return (
    <Sidebar>
      <Brand />
      <SidebarDivider />
      <SidebarGroup label={t('nav.label')} icon={<RiMenuLine />}>
        {items.take('page:catalog')}
        {items.take('page:causeway')}
        {approvals && <ApprovalsItem {...approvals} />}
        {items.take('page:causeway/policy')}
        {audit && <AuditItem {...audit} />}
        {items.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup label={t('nav.account')} icon={<RiUserLine />}>
        <PersonaControl />
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}

export const navContent = NavContentBlueprint.make({
  params: { component: Nav },
});
