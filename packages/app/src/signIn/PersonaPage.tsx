import Box from '@mui/material/Box';
import { EmptyState, ErrorPanel, Progress } from '@backstage/core-components';
import { PersonaChooser } from './PersonaChooser';
import { currentPersona } from './personas';
import { usePersonaOffer } from './usePersonaOffer';

/** Where one becomes somebody else. */
export function PersonaPage() {
  const state = usePersonaOffer();
  return (
    <Box component="main" sx={{ px: { xs: 2, md: 3 }, pb: 4, maxWidth: 640 }}>
      {state.status === 'loading' && <Progress />}
      {state.status === 'failed' && <ErrorPanel error={state.error} />}
      {state.status === 'known' && !state.offer && (
        <EmptyState
          missing="info"
          title="No personas here"
          description="Personas exist on the simulated estate only. Sign out in the settings to sign in as somebody else."
        />
      )}
      {state.status === 'known' && state.offer && (
        <>
          <p>
            On the simulated estate you can be any of these people. What you see
            and may do follows from who you are.
          </p>
          <PersonaChooser
            offer={state.offer}
            current={currentPersona(state.offer).name}
          />
        </>
      )}
    </Box>
  );
}
