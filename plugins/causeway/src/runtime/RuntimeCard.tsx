import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { Empty } from '../components/Empty';
import { useEntityPath } from '../components/EntityLink';
import { HealthMark } from '../components/HealthMark';
import { LoadError } from '../components/LoadError';
import { Section } from '../components/Section';
import { StatusMark } from '../components/StatusMark';
import { SyncMark } from '../components/SyncMark';
import { stateLooks } from '../components/icons';
import { causewayTranslationRef } from '../translation';
import { Notices } from './Notices';
import { summarizeByEnvironment } from './summary';
import { useEntityEstate } from './useEntityEstate';

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.875rem',
  '& li': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1.25, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& li:last-of-type': { borderBottom: 'none' },
  '& strong': { minWidth: '6.5rem', fontWeight: 600 },
  '& code': { fontSize: '0.8125rem' },
}));

/** The essence of the Runtime tab: one line per environment. */
export function RuntimeCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(causewayTranslationRef);
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
          <List aria-label={t('runtime.card')}>
            {summarizeByEnvironment(value.instances).map(line => (
              <li key={line.environment ?? ''}>
                <strong>
                  {line.environment ?? t('runtime.noEnvironment')}
                </strong>
                <HealthMark health={line.health} scheduled={line.scheduled} />
                <code>{line.versions.join(', ')}</code>
                <span>
                  {line.scheduled
                    ? t('runtime.scheduled')
                    : t('runtime.ready', {
                        ready: String(line.ready),
                        desired: String(line.desired),
                      })}
                  {line.places > 1 &&
                    `, ${t('runtime.placesInEnvironment', {
                      count: line.places,
                    })}`}
                </span>
                {line.outOfSync && <SyncMark sync="out-of-sync" />}
                {line.stale && (
                  <StatusMark {...stateLooks.stale}>
                    {t('runtime.stale')}
                  </StatusMark>
                )}
              </li>
            ))}
          </List>
        </>
      )}
    </Section>
  );
}
