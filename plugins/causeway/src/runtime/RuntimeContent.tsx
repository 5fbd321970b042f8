import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { Empty } from '../components/Empty';
import { LoadError } from '../components/LoadError';
import { RefreshNote } from '../components/RefreshNote';
import { Section } from '../components/Section';
import { AboutLine } from './AboutLine';
import { DeliveryHistory } from './DeliveryHistory';
import { EnvironmentLines } from './EnvironmentLines';
import { FactsAndChanges } from './FactsAndChanges';
import { InstanceList } from './InstanceList';
import { ContestedNotice, DeprecationNotice } from './Notices';
import { useEntityEstate } from './useEntityEstate';
import { useTexts } from '../components/useTexts';

/** Content of the Runtime tab: where a service runs and how it got there. */
export function RuntimeContent() {
  const { entity } = useEntity();
  const { t } = useTexts();
  const { value, error, retry } = useEntityEstate(stringifyEntityRef(entity));
  // Where rows are cards, the first one fills the screen: the essence goes before them.
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));

  if (!value && error) {
    return (
      <LoadError
        title={t('runtime.errorTitle')}
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return (
      <Box aria-busy sx={{ display: 'grid', gap: 2 }}>
        <Skeleton variant="rounded" height={240} />
        <Skeleton variant="rounded" height={72} />
        <Skeleton variant="rounded" height={200} />
      </Box>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <RefreshNote now={value.now} error={error} onRefresh={retry} />
      <Section title={t('runtime.instances')}>
        {value.lifecycle?.value === 'deprecated' && (
          <Box sx={{ p: 2, pb: 0 }}>
            <DeprecationNotice estate={value} />
          </Box>
        )}
        {value.instances.length ? (
          <>
            {isNarrow && (
              <Box sx={{ borderBottom: 1, borderColor: 'divider' }}>
                <EnvironmentLines instances={value.instances} />
              </Box>
            )}
            <InstanceList instances={value.instances} now={value.now} />
          </>
        ) : (
          <Empty title={t('runtime.emptyTitle')}>
            {t('runtime.emptyText')}
          </Empty>
        )}
      </Section>
      <AboutLine estate={value} />
      <ContestedNotice estate={value} />
      <DeliveryHistory deliveries={value.deliveries} now={value.now} />
      <FactsAndChanges entityRef={value.entityRef} />
    </Box>
  );
}
