import { isMapping } from '../document/CatalogDocument';
import { likelySpelling } from '../model/spelling';
import { Report, Rule, RuleEnvironment } from './rule';

/** Field extensions of Backstage's scaffolder. */
export const builtinFields: readonly string[] = [
  'EntityNamePicker',
  'EntityPicker',
  'EntityTagsPicker',
  'MultiEntityPicker',
  'MyGroupsPicker',
  'OwnedEntityPicker',
  'OwnerPicker',
  'RepoBranchPicker',
  'RepoOwnerPicker',
  'RepoUrlPicker',
  'Secret',
];

/** Keys of react-jsonschema-form's ui schema, and Backstage's own. */
const uiKeys: readonly string[] = [
  'ui:ArrayFieldDescriptionTemplate',
  'ui:ArrayFieldItemTemplate',
  'ui:ArrayFieldTemplate',
  'ui:ArrayFieldTitleTemplate',
  'ui:DescriptionFieldTemplate',
  'ui:FieldTemplate',
  'ui:ObjectFieldTemplate',
  'ui:TitleFieldTemplate',
  'ui:autocomplete',
  'ui:autofocus',
  'ui:backstage',
  'ui:classNames',
  'ui:description',
  'ui:disabled',
  'ui:emptyValue',
  'ui:enableMarkdownInDescription',
  'ui:enumDisabled',
  'ui:enumNames',
  'ui:field',
  'ui:fieldReplacesAnyOrOneOf',
  'ui:filePreview',
  'ui:globalOptions',
  'ui:help',
  'ui:hideError',
  'ui:inputType',
  'ui:label',
  'ui:options',
  'ui:order',
  'ui:placeholder',
  'ui:readonly',
  'ui:rootFieldId',
  'ui:rows',
  'ui:step',
  'ui:style',
  'ui:submitButtonOptions',
  'ui:title',
  'ui:widget',
];

export const templateUiField: Rule = {
  id: 'template-ui-field',
  category: 'templates',
  description: 'A form uses a ui field or a ui key that is not known.',
  severity: 'warning',
  checkDocument(context, report) {
    for (const { path, schema } of context.template()?.forms ?? []) {
      visit(schema, [...path], context, report);
    }
  },
};

function visit(
  schema: unknown,
  path: (string | number)[],
  environment: RuleEnvironment,
  report: (report: Report) => void,
): void {
  if (path.length > 40) {
    return;
  }
  if (Array.isArray(schema)) {
    schema.forEach((item, at) =>
      visit(item, [...path, at], environment, report),
    );
    return;
  }
  if (!isMapping(schema)) {
    return;
  }
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('ui:')) {
      checkKey(key, value, path, environment, report);
    } else {
      visit(value, [...path, key], environment, report);
    }
  }
}

function checkKey(
  key: string,
  value: unknown,
  path: (string | number)[],
  { templateFields }: RuleEnvironment,
  report: (report: Report) => void,
): void {
  if (!uiKeys.includes(key)) {
    const likely = likelySpelling(key, uiKeys);
    report({
      message: `The form knows no key "${key}"${
        likely ? `; "${likely}" is meant, perhaps` : ''
      }`,
      at: { path: [...path, key], part: 'key' },
      fix: likely ? { replaceWith: likely } : undefined,
    });
  }
  const names = [...builtinFields, ...templateFields];
  if (
    key !== 'ui:field' ||
    typeof value !== 'string' ||
    names.includes(value)
  ) {
    return;
  }
  const likely = likelySpelling(value, names);
  report({
    message: `No field extension "${value}" is known${
      likely ? `; "${likely}" is meant, perhaps` : ''
    }`,
    help: likely
      ? undefined
      : 'If it is one of yours, name it under catalog.validate.templates.fields in causeway.yaml.',
    at: { path: [...path, key], part: 'value' },
    fix: likely ? { replaceWith: likely } : undefined,
  });
}
