import type { ThemeProps } from '@rjsf/core';
import {
  ariaDescribedByIds,
  enumOptionsIndexForValue,
  enumOptionsValueForIndex,
  getInputProps,
  labelValue,
  type ArrayFieldTemplateProps,
  type BaseInputTemplateProps,
  type FieldTemplateProps,
  type ObjectFieldTemplateProps,
  type WidgetProps,
} from '@rjsf/utils';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTexts } from '../../components/useTexts';

function Input(props: BaseInputTemplateProps) {
  const { schema, type, options } = props;
  const { step, min, max, ...input } = getInputProps(schema, type, options);
  const value = props.value ?? '';
  return (
    <TextField
      id={props.id}
      name={props.id}
      size="small"
      fullWidth
      label={labelValue(props.label, props.hideLabel)}
      required={props.required}
      disabled={props.disabled || props.readonly}
      error={(props.rawErrors ?? []).length > 0}
      value={value}
      {...input}
      inputProps={{
        step,
        min,
        max,
        'aria-describedby': ariaDescribedByIds(props.id),
      }}
      onChange={event =>
        props.onChange(
          event.target.value === '' ? options.emptyValue : event.target.value,
        )
      }
      onBlur={event => props.onBlur(props.id, event.target.value)}
    />
  );
}

function SelectWidget(props: WidgetProps) {
  const { enumOptions, emptyValue } = props.options;
  const index = enumOptionsIndexForValue(
    props.value,
    enumOptions,
    props.multiple,
  );
  return (
    <TextField
      id={props.id}
      select
      size="small"
      fullWidth
      label={labelValue(props.label, props.hideLabel)}
      required={props.required}
      disabled={props.disabled || props.readonly}
      error={(props.rawErrors ?? []).length > 0}
      value={index ?? (props.multiple ? [] : '')}
      SelectProps={{ multiple: props.multiple }}
      onChange={event =>
        props.onChange(
          enumOptionsValueForIndex(
            event.target.value as never,
            enumOptions,
            emptyValue,
          ),
        )
      }
    >
      {enumOptions?.map(({ label }, at) => (
        <MenuItem key={at} value={String(at)}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
}

function CheckboxWidget(props: WidgetProps) {
  return (
    <FormControlLabel
      label={props.label}
      control={
        <Checkbox
          id={props.id}
          checked={props.value === true}
          disabled={props.disabled || props.readonly}
          onChange={(_event, checked) => props.onChange(checked)}
        />
      }
    />
  );
}

function FieldTemplate(props: FieldTemplateProps) {
  const { rawErrors = [], rawDescription, schema } = props;
  if (props.hidden) {
    return <div hidden>{props.children}</div>;
  }
  const isGroup = schema.type === 'object' || schema.type === 'array';
  return (
    <div>
      {props.children}
      {rawDescription && !isGroup && (
        <FormHelperText sx={{ mx: 1.75 }} id={`${props.id}__description`}>
          {rawDescription}
        </FormHelperText>
      )}
      {rawErrors.length > 0 && (
        <FormHelperText error sx={{ mx: 1.75 }} id={`${props.id}__error`}>
          {rawErrors.join(', ')}
        </FormHelperText>
      )}
    </div>
  );
}

function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const isRoot = props.idSchema.$id === 'root';
  const fields = (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {props.properties.map(property => (
        <div key={property.name}>{property.content}</div>
      ))}
    </Box>
  );
  return isRoot ? (
    fields
  ) : (
    <Box
      component="fieldset"
      sx={{
        m: 0,
        p: 1.5,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        minWidth: 0,
      }}
    >
      <legend>{props.title}</legend>
      {props.description && (
        <FormHelperText sx={{ mt: 0, mb: 1 }}>
          {props.description}
        </FormHelperText>
      )}
      {fields}
    </Box>
  );
}

function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { t } = useTexts();
  return (
    <Box
      component="fieldset"
      sx={{ m: 0, p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      <legend>{props.title}</legend>
      <Box sx={{ display: 'grid', gap: 1 }}>
        {props.items.map(item => (
          <Box
            key={item.key}
            sx={{
              display: 'grid',
              gridTemplateColumns: 'minmax(0, 1fr) auto',
              gap: 1,
              alignItems: 'start',
            }}
          >
            {item.children}
            {item.hasRemove && (
              <Button onClick={item.onDropIndexClick(item.index)}>
                {t('operations.removeItem')}
              </Button>
            )}
          </Box>
        ))}
        {props.canAdd && (
          <div>
            <Button size="small" onClick={props.onAddClick}>
              {t('operations.addItem')}
            </Button>
          </div>
        )}
      </Box>
    </Box>
  );
}

/** The form in the portal's own look. */
export const formTheme: ThemeProps = {
  templates: {
    ArrayFieldTemplate,
    BaseInputTemplate: Input,
    FieldTemplate,
    ObjectFieldTemplate,
  },
  widgets: { CheckboxWidget, SelectWidget },
};
