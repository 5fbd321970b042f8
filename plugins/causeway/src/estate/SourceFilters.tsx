import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { RiSearchLine } from '@remixicon/react';
import type { EstateStatus } from '@causeway/backstage-plugin-causeway-common';
import { needsAttention, type SourceFilter } from '../lib/partitions';
import { useTexts } from '../components/useTexts';

/** All or what needs attention, and a search. */
export function SourceFilters(props: {
  status: EstateStatus;
  filter: SourceFilter;
  onChange: (filter: SourceFilter) => void;
}) {
  const { t } = useTexts();
  const { filter, onChange } = props;
  const attention = props.status.sources
    .flatMap(({ partitions }) => partitions)
    .filter(needsAttention).length;
  return (
    <Box
      role="search"
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}
    >
      <TextField
        type="search"
        size="small"
        placeholder={t('estate.search')}
        value={filter.search}
        onChange={event => onChange({ ...filter, search: event.target.value })}
        inputProps={{ 'aria-label': t('estate.search') }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <RiSearchLine size={18} aria-hidden />
            </InputAdornment>
          ),
        }}
        sx={{ flex: '1 1 16rem', maxWidth: 420 }}
      />
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label={t('estate.filter')}
        value={filter.only}
        onChange={(_event, only: SourceFilter['only'] | null) =>
          only && onChange({ ...filter, only })
        }
      >
        <ToggleButton value="all" sx={{ px: 1.5 }}>
          {t('estate.all')}
        </ToggleButton>
        <ToggleButton value="attention" sx={{ px: 1.5 }}>
          {t('estate.attention')} ({attention})
        </ToggleButton>
      </ToggleButtonGroup>
    </Box>
  );
}
