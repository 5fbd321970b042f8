import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';

/** Several values of one filter; `free` takes ones that are not offered, too. */
export function FilterSelect<T extends string>(props: {
  label: string;
  options: readonly T[];
  value: readonly T[];
  nameOf?: (value: T) => string;
  free?: boolean;
  onChange: (value: T[]) => void;
}) {
  const options = [...new Set([...props.options, ...props.value])];
  return (
    <Autocomplete<T, true, false, boolean>
      multiple
      freeSolo={props.free}
      size="small"
      limitTags={1}
      options={options}
      value={[...props.value]}
      onChange={(_event, value) =>
        props.onChange(
          (value as T[]).map(one => one.trim() as T).filter(Boolean),
        )
      }
      getOptionLabel={option => props.nameOf?.(option as T) ?? option}
      sx={{ flex: '1 1 11rem', minWidth: '9rem', maxWidth: { md: 280 } }}
      renderInput={params => <TextField {...params} label={props.label} />}
    />
  );
}
