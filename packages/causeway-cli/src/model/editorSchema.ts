import { isMapping } from '../document/CatalogDocument';
import { CatalogKind, CatalogKinds, JsonSchema } from './CatalogKinds';

/**
 * One JSON schema for catalog files, which an editor can use for completion:
 * by `kind`, `apiVersion` and, where that matters, `spec.type`, the right one
 * applies.
 */
export function editorSchema(kinds: CatalogKinds, only?: string): JsonSchema {
  const chosen = kinds
    .all()
    .filter(kind => only === undefined || kind.kind === only);
  const definitions: Record<string, JsonSchema> = {};
  const cases: JsonSchema[] = [];
  for (const kind of chosen) {
    const name = definitionName(kind);
    const { $schema: _, $id: __, ...schema } = kind.jsonSchema;
    definitions[name] = withPlaceholders(schema);
    cases.push({
      if: condition(kind, chosen),
      then: { $ref: `#/definitions/${name}` },
    });
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: only ?? 'Backstage catalog file',
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: { enum: unique(chosen.map(kind => kind.apiVersion)) },
      kind: { enum: unique(chosen.map(kind => kind.kind)) },
    },
    allOf: cases,
    definitions,
  };
}

/** A placeholder, which the catalog replaces before it looks at the entity. */
const placeholder: JsonSchema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  patternProperties: { '^\\$': { type: 'string' } },
  additionalProperties: false,
};

/** A schema whose `spec.definition` may be a placeholder such as `$text`. */
function withPlaceholders(schema: JsonSchema): JsonSchema {
  const properties = isMapping(schema.properties) ? schema.properties : {};
  const spec = isMapping(properties.spec) ? properties.spec : {};
  const fields = isMapping(spec.properties) ? spec.properties : {};
  const { definition } = fields;
  if (!isMapping(definition)) {
    return schema;
  }
  return {
    ...schema,
    properties: {
      ...properties,
      spec: {
        ...spec,
        properties: {
          ...fields,
          definition: { anyOf: [definition, placeholder] },
        },
      },
    },
  };
}

function definitionName({ kind, apiVersion, specType }: CatalogKind): string {
  return [kind, apiVersion.replace(/[^\w.]/g, '-'), specType]
    .filter(Boolean)
    .join('-');
}

function condition(kind: CatalogKind, all: readonly CatalogKind[]): JsonSchema {
  const special = all
    .filter(
      other =>
        other.kind === kind.kind &&
        other.apiVersion === kind.apiVersion &&
        other.specType !== undefined,
    )
    .map(other => other.specType);
  const type =
    kind.specType === undefined
      ? special.length > 0 && { not: { enum: special } }
      : { const: kind.specType };
  return {
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { const: kind.apiVersion },
      kind: { const: kind.kind },
      ...(type
        ? {
            spec: {
              ...(kind.specType === undefined ? {} : { required: ['type'] }),
              properties: { type },
            },
          }
        : {}),
    },
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
