import { useEffect, useState } from 'react';
import {
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  Link,
  useSidebarOpenState,
  useSidebarPinState,
} from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import { useLocation } from 'react-router-dom';
import { toChooser } from '../signIn/backTo';
import { initialsOf } from '../signIn/initials';
import { currentPersona } from '../signIn/personas';
import { usePersonaOffer } from '../signIn/usePersonaOffer';
import { portalTranslationRef } from '../translation';

const Control = styled(Link)(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '10px 18px',
  color: '#dbe4ea',
  fontFamily: theme.typography.fontFamily,
  fontSize: 13,
  lineHeight: 1.35,
  textDecoration: 'none',
  '&:hover': { background: '#22363f', textDecoration: 'none' },
  '&:focus-visible': { outline: '2px solid #f2b544', outlineOffset: -2 },
  '& strong, & small': { display: 'block' },
  '& strong': { color: '#ffffff' },
  '& small': { fontSize: 12, color: '#b9c7d0' },
}));

const Badge = styled('span')({
  flex: 'none',
  display: 'grid',
  placeItems: 'center',
  width: 36,
  height: 36,
  borderRadius: '50%',
  fontWeight: 600,
  color: '#12222c',
  background: '#f2b544',
});

/** Who one is, and the way to be somebody else. */
export function PersonaControl() {
  const identity = useApi(identityApiRef);
  const state = usePersonaOffer();
  const { t } = useTranslationRef(portalTranslationRef);
  const location = useLocation();
  const { isOpen } = useSidebarOpenState();
  const { isPinned, isMobile } = useSidebarPinState();
  const [profileName, setProfileName] = useState<string>();
  const persona =
    state.status === 'known' && state.offer && currentPersona(state.offer);

  useEffect(() => {
    let active = true;
    identity.getProfileInfo().then(
      profile => active && setProfileName(profile.displayName),
      () => active && setProfileName(undefined),
    );
    return () => {
      active = false;
    };
  }, [identity]);

  const name =
    (persona ? persona.displayName : profileName) ?? t('nav.unknown');
  const role = persona ? persona.title : undefined;
  const isWide = isOpen || isPinned || isMobile;
  return (
    <Control
      to={persona ? toChooser(location) : '/settings'}
      aria-label={[
        role
          ? t('nav.signedInWithRole', { name, role })
          : t('nav.signedInAs', { name }),
        persona ? t('nav.switch') : t('nav.settings'),
      ].join(' ')}
    >
      <Badge aria-hidden>{initialsOf(name)}</Badge>
      {isWide && (
        <span>
          <strong>{name}</strong>
          {role && <small>{role}</small>}
          {persona && <small>{t('nav.switch')}</small>}
        </span>
      )}
    </Control>
  );
}
