import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import { Empty } from '../components/Empty';
import { useEntityPath } from '../components/EntityLink';
import { Loaded } from '../components/Loaded';
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
  const estate = useEntityEstate(entityRef);

  return (
    <Section
      title={t('runtime.card')}
      action={
        path && <Link to={`${path}/runtime`}>{t('runtime.details')}</Link>
      }
    >
      <Loaded of={estate} errorTitle={t('runtime.errorTitle')}>
        {value => (
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
      </Loaded>
    </Section>
  );
}
