import { useState } from 'react';
import type { JsonObject } from '@backstage/types';
import { withTheme } from '@rjsf/core';
import { getDefaultFormState, type RJSFSchema } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { formTheme } from './theme';

const Form = withTheme(formTheme);

const uiSchema = { 'ui:submitButtonOptions': { norender: true } };

/** What stands in a form before anybody fills it in. */
export function initialInput(schema: RJSFSchema): JsonObject {
  return (getDefaultFormState(validator, schema, {}, schema) ??
    {}) as JsonObject;
}

export function isValidInput(schema: RJSFSchema, input: JsonObject): boolean {
  return validator.isValid(schema, input, schema);
}

/** A form made from a JSON schema; what is wrong is said once something was changed. */
export function SchemaForm(props: {
  schema: RJSFSchema;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
}) {
  const [isTouched, setTouched] = useState(false);
  return (
    <Form
      tagName="div"
      schema={props.schema}
      uiSchema={uiSchema}
      validator={validator}
      formData={props.value}
      liveValidate={isTouched}
      showErrorList={false}
      noHtml5Validate
      onChange={({ formData }) => {
        setTouched(true);
        props.onChange(formData ?? {});
      }}
    />
  );
}
