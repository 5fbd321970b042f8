import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { RiFilter3Line, RiKeyboardLine, RiSearchLine } from '@remixicon/react';
import {
  requestStates,
  riskLevels,
  type RequestRow,
} from '@causeway/backstage-plugin-causeway-common';
import { compareEnvironments } from '../lib/environments';
import { shortName } from '../lib/shortName';
import { visibleText } from '../lib/visibleText';
import { FilterSelect } from './FilterSelect';
import { countFilters, type QueueFilter } from './queueFilter';
import { useTexts } from '../components/useTexts';

const typingPause = 250;

/** Values that a filter can have, from the rows that were ever seen. */
function valuesOf(
  rows: readonly RequestRow[],
  read: (row: RequestRow) => string | undefined,
): string[] {
  return [...new Set(rows.map(read))].filter(
    (value): value is string => value !== undefined,
  );
}

const environments = ['production', 'staging', 'testing', 'development'];

/** A search, the filters on demand, and what one can take away again. */
export function QueueFilters(props: {
  filter: QueueFilter;
  rows: readonly RequestRow[];
  onChange: (changes: Partial<QueueFilter>) => void;
  onKeys: () => void;
  searchRef: RefObject<HTMLInputElement>;
  /** What else stands at the end of the line. */
  children?: ReactNode;
}) {
  const { t } = useTexts();
  const { filter, rows, onChange } = props;
  const [text, setText] = useState(filter.text);
  const [isOpen, setOpen] = useState(
    countFilters({ ...filter, text: '', target: undefined }) > 0,
  );
  const count = countFilters({ ...filter, text: '' });

  // What is typed reaches the address, and the gate, after a pause.
  useEffect(() => setText(filter.text), [filter.text]);
  useEffect(() => {
    if (text === filter.text) {
      return undefined;
    }
    const timer = setTimeout(() => onChange({ text }), typingPause);
    return () => clearTimeout(timer);
  }, [text, filter.text, onChange]);

  return (
    <Box role="search" sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <TextField
          type="search"
          size="small"
          placeholder={t('approvals.search')}
          value={text}
          onChange={event => setText(event.target.value)}
          inputRef={props.searchRef}
          inputProps={{ 'aria-label': t('approvals.search') }}
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <RiSearchLine size={18} aria-hidden />
              </InputAdornment>
            ),
          }}
          sx={{
            flex: '1 1 14rem',
            maxWidth: 420,
            '& input': { textOverflow: 'ellipsis' },
          }}
        />
        <Badge badgeContent={count} color="primary">
          <Button
            variant="outlined"
            startIcon={<RiFilter3Line size={18} aria-hidden />}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t('approvals.filters')}
          </Button>
        </Badge>
        <Button
          sx={{ ml: 'auto', display: { xs: 'none', sm: 'inline-flex' } }}
          startIcon={<RiKeyboardLine size={18} aria-hidden />}
          onClick={props.onKeys}
        >
          {t('approvals.keys')}
        </Button>
        {props.children}
      </Box>
      {isOpen && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {(filter.view === 'all' || filter.view === 'asked') && (
            <FilterSelect
              label={t('approvals.state')}
              options={requestStates}
              value={filter.state}
              nameOf={state => t(`gate.state.${state}`)}
              onChange={state => onChange({ state })}
            />
          )}
          <FilterSelect
            label={t('approvals.environment')}
            options={[
              ...new Set([
                ...environments,
                ...valuesOf(rows, row => row.target.environment),
              ]),
            ].sort(compareEnvironments)}
            value={filter.environment}
            free
            onChange={environment => onChange({ environment })}
          />
          <FilterSelect
            label={t('approvals.operation')}
            options={valuesOf(rows, row => row.operation.name)}
            value={filter.operation}
            free
            onChange={operation => onChange({ operation })}
          />
          <FilterSelect
            label={t('approvals.owner')}
            options={valuesOf(rows, row => row.target.owner)}
            value={filter.owner}
            nameOf={shortName}
            free
            onChange={owner => onChange({ owner })}
          />
          <FilterSelect
            label={t('approvals.risk')}
            options={riskLevels}
            value={filter.risk}
            nameOf={risk => t(`gate.risk.${risk}`)}
            onChange={risk => onChange({ risk })}
          />
          <FilterSelect
            label={t('approvals.tier')}
            options={['1', '2', '3'] as const}
            value={filter.tier.map(tier => `${tier}` as '1')}
            nameOf={tier => t(`approvals.tier.${tier}`)}
            onChange={tiers =>
              onChange({ tier: tiers.map(tier => Number(tier) as 1) })
            }
          />
        </Box>
      )}
      {count > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {filter.target && (
            <Chip
              size="small"
              label={t('approvals.about', {
                name: visibleText(
                  filter.target.split(',').map(shortName).join(', '),
                ),
              })}
              onDelete={() => onChange({ target: undefined })}
            />
          )}
          {filter.requester && (
            <Chip
              size="small"
              label={t('approvals.askedBy', {
                name: visibleText(shortName(filter.requester)),
              })}
              onDelete={() => onChange({ requester: undefined })}
            />
          )}
          <Button
            size="small"
            onClick={() =>
              onChange({
                state: [],
                environment: [],
                operation: [],
                owner: [],
                risk: [],
                tier: [],
                target: undefined,
                requester: undefined,
                text: '',
              })
            }
          >
            {t('approvals.clear')}
          </Button>
        </Box>
      )}
    </Box>
  );
}
