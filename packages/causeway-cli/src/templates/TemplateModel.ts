import {
  DocumentPath,
  isMapping,
  RawEntity,
} from '../document/CatalogDocument';

/** One step of a template. */
export interface TemplateStep {
  path: DocumentPath;
  id?: string;
  action?: string;
  input: unknown;
}

/** What the rules about templates need of one. */
export interface TemplateModel {
  steps: TemplateStep[];
  /** Parameter forms: one schema, or one a page. */
  forms: { path: DocumentPath; schema: Record<string, unknown> }[];
  /** Names of all parameters, or undefined where the forms leave that open. */
  parameters: ReadonlySet<string> | undefined;
}

/** Reads a template's forms and steps; whatever has another shape is the schema's concern. */
export function readTemplate(entity: RawEntity): TemplateModel {
  const spec = isMapping(entity.spec) ? entity.spec : {};
  const steps = Array.isArray(spec.steps) ? spec.steps : [];
  const single = isMapping(spec.parameters);
  const forms = [spec.parameters]
    .flat()
    .flatMap((schema, at) =>
      isMapping(schema)
        ? [{ path: ['spec', 'parameters', ...(single ? [] : [at])], schema }]
        : [],
    );
  return {
    steps: steps
      .map((step, at) => ({ step, at }))
      .filter(({ step }) => isMapping(step))
      .map(({ step, at }) => ({
        path: ['spec', 'steps', at],
        id: typeof step.id === 'string' ? step.id : undefined,
        action: typeof step.action === 'string' ? step.action : undefined,
        input: step.input,
      })),
    forms,
    parameters: parameterNames(forms.map(form => form.schema)),
  };
}

function parameterNames(
  schemas: readonly unknown[],
): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  const open = schemas.some(schema => !collect(schema, names, 0));
  return open ? undefined : names;
}

/** Collects the property names of a schema and its branches; false where a schema leaves them open. */
function collect(schema: unknown, names: Set<string>, depth: number): boolean {
  if (!isMapping(schema) || depth > 20) {
    return !(depth > 20);
  }
  const keys = Object.keys(schema);
  // A placeholder or a reference stands for something that is not here.
  if (
    keys.some(key => key.startsWith('$') && key !== '$schema' && key !== '$id')
  ) {
    return false;
  }
  if (schema.patternProperties || schema.additionalProperties === true) {
    return false;
  }
  if (isMapping(schema.properties)) {
    if (Object.keys(schema.properties).some(key => key.startsWith('$'))) {
      return false;
    }
    Object.keys(schema.properties).forEach(name => names.add(name));
  }
  const branches = [
    ...['allOf', 'anyOf', 'oneOf'].flatMap(key =>
      Array.isArray(schema[key]) ? (schema[key] as unknown[]) : [],
    ),
    ...['if', 'then', 'else'].map(key => schema[key]),
    ...['dependencies', 'dependentSchemas'].flatMap(key =>
      isMapping(schema[key]) ? Object.values(schema[key]) : [],
    ),
  ].filter(isMapping);
  return branches.every(branch => collect(branch, names, depth + 1));
}
