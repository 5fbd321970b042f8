import { styled } from '@mui/material/styles';
import { RiCheckboxCircleFill, RiTimeLine } from '@remixicon/react';
import type { EstateStatus } from '@causeway/backstage-plugin-causeway-common';
import { StatusMark } from '../components/StatusMark';
import { useLocale } from '../components/useLocale';
import { countObjects, needsAttention } from '../lib/partitions';
import { useTexts } from '../components/useTexts';

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(10rem, 1fr))',
  gap: 1,
  margin: 0,
  overflow: 'hidden',
  borderRadius: 10,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.divider,
  '& > div': {
    display: 'flex',
    flexDirection: 'column',
    padding: theme.spacing(2),
    background: theme.palette.background.paper,
  },
  '& dt': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  '& dd': {
    margin: 0,
    fontSize: '1.5rem',
    fontWeight: 600,
    fontVariantNumeric: 'tabular-nums',
  },
  '& dd + dd': { fontSize: '0.8125rem', fontWeight: 400 },
}));

/** The estate in four numbers. */
export function Headline({ status }: { status: EstateStatus }) {
  const { t } = useTexts();
  const format = new Intl.NumberFormat(useLocale());
  const partitions = status.sources
    .flatMap(source => source.partitions)
    .filter(({ state }) => state !== 'absent');
  const fresh = partitions.filter(({ state }) => state === 'fresh').length;
  const attention = partitions.filter(needsAttention).length;
  const objects = status.sources.reduce((sum, s) => sum + countObjects(s), 0);
  return (
    <List>
      <div>
        <dt>{t('estate.freshPartitions')}</dt>
        <dd>
          {format.format(fresh)} / {format.format(partitions.length)}
        </dd>
        <dd>
          {attention ? (
            <StatusMark tone="caution" icon={RiTimeLine}>
              {t('estate.attentionCount', { count: attention })}
            </StatusMark>
          ) : (
            <StatusMark tone="good" icon={RiCheckboxCircleFill}>
              {t('estate.nothingWrongTitle')}
            </StatusMark>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('estate.observations')}</dt>
        <dd>{format.format(objects)}</dd>
      </div>
      <div>
        <dt>{t('estate.entities')}</dt>
        <dd>{format.format(status.counts.entities)}</dd>
      </div>
      <div>
        <dt>{t('estate.relations')}</dt>
        <dd>{format.format(status.counts.edges)}</dd>
      </div>
    </List>
  );
}
