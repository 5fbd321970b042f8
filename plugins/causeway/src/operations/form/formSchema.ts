import type { JsonObject, JsonValue } from '@backstage/types';
import type { RJSFSchema } from '@rjsf/utils';

const safe = Number.MAX_SAFE_INTEGER;

function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, item]) =>
          item !== undefined &&
          key !== '$schema' &&
          // Bounds that only say that a number is a whole one.
          !(key === 'maximum' && item === safe) &&
          !(key === 'minimum' && item === -safe),
      )
      .map(([key, item]) => [key, plain(item!)]),
  );
}

/**
 * An operation's input schema as the form takes it: without the dialect, which
 * the validator does not know by that name.
 */
export function formSchema(inputSchema: JsonObject): RJSFSchema {
  return plain(inputSchema) as RJSFSchema;
}

/** Whether there is anything to fill in. */
export function hasInput(inputSchema: JsonObject): boolean {
  const { properties } = inputSchema;
  return (
    typeof properties === 'object' &&
    properties !== null &&
    Object.keys(properties).length > 0
  );
}
