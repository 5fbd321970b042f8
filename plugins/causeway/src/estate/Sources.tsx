import { styled } from '@mui/material/styles';
import { RiCheckboxCircleLine } from '@remixicon/react';
import type { EstateStatus } from '@causeway/backstage-plugin-causeway-common';
import { Empty } from '../components/Empty';
import { Section } from '../components/Section';
import {
  filterSources,
  needsAttention,
  type SourceFilter,
} from '../lib/partitions';
import { SourceRow } from './SourceRow';
import { useTexts } from '../components/useTexts';

const List = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });

/** Every source that passes the filter. */
export function Sources(props: { status: EstateStatus; filter: SourceFilter }) {
  const { t } = useTexts();
  const { status, filter } = props;
  const shown = filterSources(status, filter);
  const isNarrowed = filter.only === 'attention' || filter.search.trim() !== '';
  const nothingWrong =
    filter.only === 'attention' &&
    !status.sources.some(({ partitions }) => partitions.some(needsAttention));
  return (
    <Section title={t('estate.sources')}>
      {shown.length === 0 &&
        (nothingWrong ? (
          <Empty
            icon={RiCheckboxCircleLine}
            title={t('estate.nothingWrongTitle')}
          >
            {t('estate.nothingWrongText')}
          </Empty>
        ) : (
          <Empty title={t('estate.noMatchTitle')}>
            {t('estate.noMatchText')}
          </Empty>
        ))}
      <List aria-label={t('estate.sources')}>
        {shown.map(source => (
          <SourceRow
            key={`${source.id} ${isNarrowed}`}
            source={status.sources.find(({ id }) => id === source.id)!}
            partitions={source.partitions}
            startsOpen={isNarrowed}
            now={status.now}
          />
        ))}
      </List>
    </Section>
  );
}
