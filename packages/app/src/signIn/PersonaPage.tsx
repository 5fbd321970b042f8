import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { EmptyState, ErrorPanel, Progress } from '@backstage/core-components';
import { useLocation } from 'react-router-dom';
import { portalTranslationRef } from '../translation';
import { readBackTo } from './backTo';
import { PersonaChooser } from './PersonaChooser';
import { currentPersona } from './personas';
import { usePersonaOffer } from './usePersonaOffer';

/** Where one becomes somebody else. */
export function PersonaPage() {
  const state = usePersonaOffer();
  const { search } = useLocation();
  const { t } = useTranslationRef(portalTranslationRef);
  return (
    <Box component="main" sx={{ px: { xs: 2, md: 3 }, pb: 4, maxWidth: 640 }}>
      {state.status === 'loading' && <Progress />}
      {state.status === 'failed' && <ErrorPanel error={state.error} />}
      {state.status === 'known' && !state.offer && (
        <EmptyState
          missing="info"
          title={t('persona.noneTitle')}
          description={t('persona.noneText')}
        />
      )}
      {state.status === 'known' && state.offer && (
        <>
          <p>{t('persona.intro')}</p>
          <PersonaChooser
            offer={state.offer}
            current={currentPersona(state.offer).name}
            backTo={readBackTo(search, window.location.origin)}
          />
        </>
      )}
    </Box>
  );
}
