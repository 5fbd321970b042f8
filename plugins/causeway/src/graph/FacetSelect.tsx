import { useId } from 'react';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import InputLabel from '@mui/material/InputLabel';
import ListItemText from '@mui/material/ListItemText';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useTexts } from '../components/useTexts';

/** Which values of one facet are shown. */
export function FacetSelect(props: {
  label: string;
  values: Array<{ value: string; count: number }>;
  nameOf: (value: string) => string;
  hidden: string[];
  onChange: (hidden: string[]) => void;
}) {
  const { t } = useTexts();
  const id = useId();
  const { values, hidden } = props;
  const shown = values
    .map(({ value }) => value)
    .filter(value => !hidden.includes(value));
  return (
    <FormControl size="small" sx={{ minWidth: 136 }}>
      <InputLabel id={id}>{props.label}</InputLabel>
      <Select
        labelId={id}
        label={props.label}
        multiple
        displayEmpty
        value={shown}
        onChange={event => {
          const next = event.target.value;
          const selected = Array.isArray(next) ? next : [next];
          props.onChange(
            values
              .map(({ value }) => value)
              .filter(value => !selected.includes(value)),
          );
        }}
        renderValue={selected =>
          selected.length === values.length
            ? t('graph.any')
            : t('graph.some', {
                shown: String(selected.length),
                total: String(values.length),
              })
        }
      >
        {values.map(({ value, count }) => (
          <MenuItem key={value} value={value} dense>
            <Checkbox
              size="small"
              checked={!hidden.includes(value)}
              tabIndex={-1}
              inputProps={{ 'aria-hidden': true }}
            />
            <ListItemText primary={`${props.nameOf(value)} (${count})`} />
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}
