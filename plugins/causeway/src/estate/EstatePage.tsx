import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { estateApiRef } from '../api';
import { Empty } from '../components/Empty';
import { LoadError } from '../components/LoadError';
import { RefreshNote } from '../components/RefreshNote';
import type { SourceFilter } from '../lib/partitions';
import { useRefreshed } from '../lib/useRefreshed';
import { Composition } from './Composition';
import { Headline } from './Headline';
import { Problems } from './Problems';
import { SourceFilters } from './SourceFilters';
import { Sources } from './Sources';
import { useTexts } from '../components/useTexts';

const refreshMs = 15_000;

/** The *Estate* page: what is read, how fresh it is, and what is wrong. */
export function EstatePage() {
  const api = useApi(estateApiRef);
  const { t } = useTexts();
  const load = useCallback(
    (signal: AbortSignal) => api.getStatus({ signal }),
    [api],
  );
  const { value, error, retry } = useRefreshed(load, refreshMs);
  const [filter, setFilter] = useState<SourceFilter>({
    only: 'all',
    search: '',
  });

  return (
    <Box
      component="main"
      sx={{
        display: 'grid',
        gap: 2.5,
        gridTemplateColumns: 'minmax(0, 1fr)',
        maxWidth: 1440,
        px: { xs: 2, md: 3 },
        pb: 4,
      }}
    >
      {!value && error && (
        <LoadError
          title={t('estate.errorTitle')}
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <Box aria-busy sx={{ display: 'grid', gap: 2 }}>
          <Skeleton variant="rounded" height={88} />
          <Skeleton variant="rounded" height={56} />
          <Skeleton variant="rounded" height={56} />
          <Skeleton variant="rounded" height={56} />
        </Box>
      )}
      {value && (
        <>
          <RefreshNote now={value.now} error={error} onRefresh={retry} />
          {value.sources.length === 0 ? (
            <Empty title={t('estate.emptyTitle')}>
              {t('estate.emptyText')}
            </Empty>
          ) : (
            <>
              <Headline status={value} />
              <SourceFilters
                status={value}
                filter={filter}
                onChange={setFilter}
              />
              <Sources status={value} filter={filter} />
              <Problems problems={value.problems} />
              <Composition counts={value.counts} />
            </>
          )}
        </>
      )}
    </Box>
  );
}
