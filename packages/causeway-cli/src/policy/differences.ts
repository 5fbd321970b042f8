import { isRecord } from './merge';

/** One value that is not as expected. */
export interface Difference {
  /** `approval.count`. */
  path: string;
  expected: unknown;
  actual: unknown;
}

/**
 * Where a value differs from what is expected of it. Of objects the named
 * fields count. Of lists every expected item has to be there; an empty list
 * says that there is none, and `null` that there is nothing at all.
 */
export function differencesOf(
  expected: unknown,
  actual: unknown,
  path: string = '',
): Difference[] {
  if (isRecord(expected)) {
    return isRecord(actual)
      ? Object.entries(expected).flatMap(([key, value]) =>
          differencesOf(value, actual[key], path ? `${path}.${key}` : key),
        )
      : [{ path, expected, actual }];
  }
  if (Array.isArray(expected)) {
    if (
      !Array.isArray(actual) ||
      (expected.length === 0 && actual.length > 0)
    ) {
      return [{ path, expected, actual }];
    }
    return expected.flatMap((item, at) =>
      actual.some(one => differencesOf(item, one).length === 0)
        ? []
        : [{ path: `${path}[${at}]`, expected: item, actual }],
    );
  }
  return Object.is(expected ?? undefined, actual ?? undefined)
    ? []
    : [{ path, expected, actual }];
}
