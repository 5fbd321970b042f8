import { useState } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { useTexts } from '../components/useTexts';
import { useNames } from '../graph/useNames';
import { shortName } from '../lib/shortName';
import { useTargetSearch, type FoundTarget } from './useTargetSearch';

const Option = styled('li')(({ theme }) => ({
  '&&': { display: 'block', overflowWrap: 'anywhere' },
  '& small': {
    display: 'block',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

/** The entity that something is asked of: found while one types, or named in full. */
export function TargetField(props: {
  /** `spec.type` of what it can be. */
  types: readonly string[];
  value: string;
  onChange: (target: string) => void;
}) {
  const { t } = useTexts();
  const { typeName } = useNames();
  const { types, value, onChange } = props;
  const found = useTargetSearch(value, types);
  const byRef = new Map(found.map(target => [target.ref, target]));
  // Something that is there: an example that nobody has would help nobody.
  const [example, setExample] = useState<FoundTarget>();
  const fits = (target?: FoundTarget) => types.includes(target?.type ?? '');
  const first = found.find(fits);
  if (first && !fits(example)) {
    setExample(first);
  }
  return (
    <Autocomplete
      freeSolo
      size="small"
      options={[...byRef.keys()]}
      // The estate has found them, by more than their reference.
      filterOptions={options => options}
      inputValue={value}
      onInputChange={(_event, target) => onChange(target)}
      renderOption={(attributes, ref) => {
        const { type, environment } = byRef.get(ref) ?? {};
        return (
          <Option {...attributes} key={ref}>
            {shortName(ref)}
            <small>
              {[type && typeName(type), environment]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </Option>
        );
      }}
      renderInput={params => (
        <TextField
          {...params}
          label={t('operations.target')}
          helperText={
            example
              ? t('operations.targetHint', { example: example.ref })
              : t('operations.targetHintAny')
          }
          FormHelperTextProps={{ style: { overflowWrap: 'anywhere' } }}
        />
      )}
    />
  );
}
