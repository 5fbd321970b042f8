import { useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { auditTypes } from '@causeway/backstage-plugin-causeway-common';
import { toLocalInput, type AuditFilter } from './auditFilter';
import { useTexts } from '../components/useTexts';

const typingPause = 300;

function PausedField(props: {
  label: string;
  value?: string;
  hint?: string;
  onChange: (value: string | undefined) => void;
}) {
  const { value = '', onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(
      () => onChange(text.trim() || undefined),
      typingPause,
    );
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <TextField
      size="small"
      label={props.label}
      value={text}
      helperText={props.hint}
      onChange={event => setText(event.target.value)}
      sx={{ flex: '1 1 7.5rem', maxWidth: { md: 240 } }}
    />
  );
}

/** Everything that narrows the trail. */
export function AuditFilters(props: {
  filter: AuditFilter;
  onChange: (changes: Partial<AuditFilter>) => void;
}) {
  const { t } = useTexts();
  const { filter, onChange } = props;
  const fields = ['requestId', 'by', 'action', 'subject'] as const;
  const times = ['from', 'until'] as const;
  const isNarrowed = Object.values(filter).some(value => value !== undefined);
  return (
    <Box
      role="search"
      aria-label={t('audit.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      {fields.map(name => (
        <PausedField
          key={name}
          label={t(`audit.${name}`)}
          value={filter[name]}
          hint={name === 'by' ? t('audit.byHint') : undefined}
          onChange={value => onChange({ [name]: value })}
        />
      ))}
      <TextField
        select
        size="small"
        label={t('audit.type')}
        value={filter.type ?? ''}
        onChange={event => onChange({ type: event.target.value || undefined })}
        sx={{ flex: '1 1 8rem', minWidth: '8rem', maxWidth: { md: 180 } }}
      >
        <MenuItem value="">{t('audit.any')}</MenuItem>
        {[
          ...new Set([...auditTypes, ...(filter.type ? [filter.type] : [])]),
        ].map(type => (
          <MenuItem key={type} value={type}>
            {type}
          </MenuItem>
        ))}
      </TextField>
      {times.map(name => (
        <TextField
          key={name}
          type="datetime-local"
          size="small"
          label={t(`audit.${name}`)}
          value={toLocalInput(filter[name])}
          onChange={event => {
            const at = Date.parse(event.target.value);
            onChange({ [name]: Number.isFinite(at) ? at : undefined });
          }}
          InputLabelProps={{ shrink: true }}
          // Narrower, the time would be cut off.
          sx={{
            flex: { xs: '1 1 100%', sm: '1 1 15rem' },
            maxWidth: { md: 240 },
          }}
        />
      ))}
      {isNarrowed && (
        <Button
          onClick={() =>
            onChange({
              requestId: undefined,
              by: undefined,
              type: undefined,
              action: undefined,
              subject: undefined,
              from: undefined,
              until: undefined,
            })
          }
        >
          {t('audit.clear')}
        </Button>
      )}
    </Box>
  );
}
