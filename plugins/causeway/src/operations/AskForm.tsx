import { useMemo } from 'react';
import type { JsonObject } from '@backstage/types';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { OperationDescription } from '@causeway/backstage-plugin-causeway-common';
import { visibleText } from '../lib/visibleText';
import type { AskTarget } from './askTargets';
import { formSchema, hasInput } from './form/formSchema';
import { initialInput, SchemaForm } from './form/SchemaForm';
import { TargetField } from './TargetField';
import { useTexts } from '../components/useTexts';

/** What is being asked for, while it is written. */
export interface Ask {
  operation?: OperationDescription;
  target: string;
  input: JsonObject;
  reason: string;
}

/** What operations can be asked of, each type once. */
const typesOf = (operations: readonly OperationDescription[]) => [
  ...new Set(operations.flatMap(({ targetTypes }) => targetTypes)),
];

/** Which operation, on what, with which input, and why. */
export function AskForm(props: {
  operations: readonly OperationDescription[];
  /** What it can be asked for; whatever the estate has where there are none. */
  targets?: readonly AskTarget[];
  ask: Ask;
  onChange: (ask: Ask) => void;
  reasonRequired?: boolean;
}) {
  const { t } = useTexts();
  const { operations, ask, onChange } = props;
  const { operation } = ask;
  const schema = useMemo(
    () => operation && formSchema(operation.inputSchema),
    [operation],
  );
  const targets = (props.targets ?? []).filter(
    ({ type }) => !operation || operation.targetTypes.includes(type),
  );
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {operations.length > 1 && (
        <TextField
          select
          size="small"
          label={t('operations.operation')}
          value={operation?.name ?? ''}
          onChange={event => {
            const chosen = operations.find(
              ({ name }) => name === event.target.value,
            );
            onChange({
              ...ask,
              operation: chosen,
              input: chosen ? initialInput(formSchema(chosen.inputSchema)) : {},
            });
          }}
        >
          {operations.map(({ name, title }) => (
            <MenuItem key={name} value={name}>
              {title}
            </MenuItem>
          ))}
        </TextField>
      )}
      {props.targets ? (
        <TextField
          select
          size="small"
          label={t('operations.target')}
          value={
            targets.some(one => one.entityRef === ask.target) ? ask.target : ''
          }
          onChange={event => onChange({ ...ask, target: event.target.value })}
        >
          {targets.map(target => (
            <MenuItem key={target.entityRef} value={target.entityRef}>
              {[target.title, target.place, target.environment]
                .filter(Boolean)
                .map(text => visibleText(text!))
                .join(' · ')}
            </MenuItem>
          ))}
        </TextField>
      ) : (
        <TargetField
          types={typesOf(operation ? [operation] : operations)}
          value={ask.target}
          onChange={target => onChange({ ...ask, target })}
        />
      )}
      {operation &&
        schema &&
        (hasInput(operation.inputSchema) ? (
          <SchemaForm
            key={operation.name}
            schema={schema}
            value={ask.input}
            onChange={input => onChange({ ...ask, input })}
          />
        ) : (
          <small>{t('operations.noInput')}</small>
        ))}
      <TextField
        label={t('operations.reason')}
        helperText={t('operations.reasonHint')}
        size="small"
        multiline
        minRows={2}
        required={props.reasonRequired}
        value={ask.reason}
        onChange={event => onChange({ ...ask, reason: event.target.value })}
      />
    </Box>
  );
}
