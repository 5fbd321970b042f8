import type { JsonObject, JsonValue } from '@backstage/types';
import type { ActionZod } from './schemas';

type ZodType = ReturnType<ActionZod['unknown']>;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumber = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);

function numberOf(z: ActionZod, schema: JsonObject): ZodType {
  let type = schema.type === 'integer' ? z.number().int() : z.number().finite();
  if (isNumber(schema.minimum)) {
    type = type.min(schema.minimum);
  }
  if (isNumber(schema.maximum)) {
    type = type.max(schema.maximum);
  }
  return type as unknown as ZodType;
}

function textOf(z: ActionZod, schema: JsonObject): ZodType {
  const { enum: values } = schema;
  if (
    Array.isArray(values) &&
    values.length > 0 &&
    values.every(value => typeof value === 'string')
  ) {
    return z.enum(values as [string, ...string[]]) as unknown as ZodType;
  }
  let type = z.string();
  if (isNumber(schema.minLength)) {
    type = type.min(schema.minLength);
  }
  if (isNumber(schema.maxLength)) {
    type = type.max(schema.maxLength);
  }
  return type as unknown as ZodType;
}

function typeOf(z: ActionZod, schema: JsonValue | undefined): ZodType {
  if (!isObject(schema)) {
    return z.unknown();
  }
  switch (schema.type) {
    case 'string':
      return textOf(z, schema);
    case 'integer':
    case 'number':
      return numberOf(z, schema);
    case 'boolean':
      return z.boolean() as unknown as ZodType;
    case 'array':
      return z.array(typeOf(z, schema.items)) as unknown as ZodType;
    case 'object':
      return (isObject(schema.properties)
        ? z.object(fieldsOf(z, schema)).strict()
        : z.record(z.unknown())) as unknown as ZodType;
    default:
      return z.unknown();
  }
}

/**
 * The fields of an operation's JSON Schema in the registry's own zod. What
 * cannot be said simply becomes `unknown`: the gate holds the operation's own
 * schema against the input anyway, so this one may be wider and never narrower.
 */
export function fieldsOf(
  z: ActionZod,
  schema: JsonObject,
): Record<string, ZodType> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const described =
        isObject(property) && typeof property.description === 'string'
          ? typeOf(z, property).describe(property.description)
          : typeOf(z, property);
      // What has a default may be left out.
      const needed =
        required.includes(name) &&
        !(isObject(property) && property.default !== undefined);
      return [
        name,
        needed ? described : (described.optional() as unknown as ZodType),
      ];
    }),
  );
}
