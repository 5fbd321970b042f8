import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { Empty } from '../components/Empty';
import { FreshnessMark } from '../components/FreshnessMark';
import { LoadError } from '../components/LoadError';
import { Section } from '../components/Section';
import { SourcedText } from '../components/SourcedText';
import { AboutLine } from './AboutLine';
import { DeliveryHistory } from './DeliveryHistory';
import { Notices } from './Notices';
import { useEntityEstate } from './useEntityEstate';
import { useTexts } from '../components/useTexts';

const Facts = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'max-content minmax(0, 1fr)',
  gap: theme.spacing(1, 3),
  margin: 0,
  fontSize: '0.875rem',
  '& dt': { color: theme.palette.text.secondary },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
}));

/**
 * On an ingested Resource: who reported it, how fresh that is and, for an
 * application, what it delivered.
 */
export function SourceCard() {
  const { entity } = useEntity();
  const { t } = useTexts();
  const { value, error, retry } = useEntityEstate(stringifyEntityRef(entity));
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Section title={t('source.card')}>
        <Box sx={{ display: 'grid', gap: 2, p: 2 }}>
          {!value && error && (
            <LoadError
              title={t('runtime.errorTitle')}
              error={error}
              onRetry={retry}
            />
          )}
          {!value && !error && <Skeleton height={80} />}
          {value && <Notices estate={value} />}
          {value && !value.freshness && <Empty title={t('source.unknown')} />}
          {value?.freshness && (
            <Facts>
              <dt>{t('source.reportedBy')}</dt>
              <dd>{value.freshness.source}</dd>
              <dt>{t('source.partition')}</dt>
              <dd>
                <code>{value.freshness.partition}</code>
              </dd>
              <dt>{t('source.state')}</dt>
              <dd>
                <FreshnessMark freshness={value.freshness} now={value.now} />
              </dd>
              {value.environment && (
                <>
                  <dt>{t('runtime.environment')}</dt>
                  <dd>
                    <SourcedText value={value.environment} />
                  </dd>
                </>
              )}
            </Facts>
          )}
          {value && <AboutLine estate={value} />}
        </Box>
      </Section>
      {value && value.deliveries.length > 0 && (
        <DeliveryHistory deliveries={value.deliveries} now={value.now} />
      )}
    </Box>
  );
}
