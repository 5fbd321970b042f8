import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { gateApiRef } from '../api';
import { Body } from '../components/Body';
import { LoadError } from '../components/LoadError';
import { Section } from '../components/Section';
import { useRefreshed } from '../lib/useRefreshed';
import { AskForm } from '../operations/AskForm';
import { PreviewPanel } from '../operations/PreviewPanel';
import { useAsk } from '../operations/useAsk';
import { useTexts } from '../components/useTexts';

/** What would happen if somebody asked; nothing is asked for. */
export function WhatIf() {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.listOperations({}, { signal }),
    [api],
  );
  const { value, error, retry } = useRefreshed(load);
  const { ask, setAsk, preview } = useAsk(
    { target: '', input: {}, reason: '' },
    t('policy.whatIf'),
  );
  return (
    <Section title={t('policy.whatIf')}>
      <Body>
        <small>{t('policy.whatIfText')}</small>
        {!value && error && (
          <LoadError
            title={t('operations.errorTitle')}
            error={error}
            onRetry={retry}
          />
        )}
        {!value && !error && <Skeleton variant="rounded" height={160} />}
        {value && (
          <Box
            sx={{
              display: 'grid',
              gap: 3,
              gridTemplateColumns: {
                xs: 'minmax(0, 1fr)',
                md: 'minmax(0, 2fr) minmax(0, 3fr)',
              },
            }}
          >
            <AskForm operations={value} ask={ask} onChange={setAsk} />
            <PreviewPanel {...preview} />
          </Box>
        )}
      </Body>
    </Section>
  );
}
