import { type CelType, isFields, isMap } from './cel/types';
import { variables } from './cel/variables';
import { likelySpelling } from './likelySpelling';

/** A field that there is not. */
export interface UnknownField {
  /** `change.quantitys`. */
  path: string;
  /** What is meant, perhaps. */
  likely?: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unknownIn(
  value: unknown,
  type: CelType,
  path: string,
): UnknownField[] {
  if (!isObject(value)) {
    return [];
  }
  if (isMap(type)) {
    return Object.entries(value).flatMap(([key, item]) =>
      unknownIn(item, type.map, `${path}.${key}`),
    );
  }
  return isFields(type) ? unknownAmong(value, type.fields, path) : [];
}

function unknownAmong(
  value: Record<string, unknown>,
  fields: Readonly<Record<string, CelType>>,
  path: string,
): UnknownField[] {
  return Object.entries(value).flatMap(([key, item]): UnknownField[] => {
    const below = path ? `${path}.${key}` : key;
    if (!Object.hasOwn(fields, key)) {
      const likely = likelySpelling(key, Object.keys(fields));
      return [{ path: below, ...(likely && { likely }) }];
    }
    return unknownIn(item, fields[key], below);
  });
}

/**
 * Fields of a part of an {@link AssessmentInput} that no policy can look at:
 * they are misspelt, or stand in the wrong place.
 *
 * @public
 */
export function unknownFields(input: Record<string, unknown>): UnknownField[] {
  // Doubts are no variable of expressions, and part of an input nevertheless.
  return unknownAmong(input, { ...variables, doubts: 'dyn' }, '');
}
