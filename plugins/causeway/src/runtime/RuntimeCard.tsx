import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { Empty } from '../components/Empty';
import { useEntityPath } from '../components/EntityLink';
import { LoadError } from '../components/LoadError';
import { Section } from '../components/Section';
import { EnvironmentLines } from './EnvironmentLines';
import { Notices } from './Notices';
import { useEntityEstate } from './useEntityEstate';
import { useTexts } from '../components/useTexts';

/** The essence of the Runtime tab: one line per environment. */
export function RuntimeCard() {
  const { entity } = useEntity();
  const { t } = useTexts();
  const entityRef = stringifyEntityRef(entity);
  const path = useEntityPath()(entityRef);
  const { value, error, retry } = useEntityEstate(entityRef);

  return (
    <Section
      title={t('runtime.card')}
      action={
        path && <Link to={`${path}/runtime`}>{t('runtime.details')}</Link>
      }
    >
      {!value && error && (
        <Box sx={{ p: 2 }}>
          <LoadError
            title={t('runtime.errorTitle')}
            error={error}
            onRetry={retry}
          />
        </Box>
      )}
      {!value && !error && (
        <Box aria-busy sx={{ p: 2 }}>
          <Skeleton />
          <Skeleton />
        </Box>
      )}
      {value && (
        <>
          <Box sx={{ display: 'grid', gap: 1, '&:not(:empty)': { p: 2 } }}>
            <Notices estate={value} />
          </Box>
          {value.instances.length === 0 && (
            <Empty title={t('runtime.emptyTitle')} />
          )}
          <EnvironmentLines instances={value.instances} />
        </>
      )}
    </Section>
  );
}
