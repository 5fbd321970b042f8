export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The whole with what is given in its place; `null` takes a value away, lists are replaced. */
export function merge(whole: unknown, given: unknown): unknown {
  if (!isRecord(whole) || !isRecord(given)) {
    return given;
  }
  const merged: Record<string, unknown> = { ...whole };
  for (const [key, value] of Object.entries(given)) {
    if (value === null) {
      delete merged[key];
    } else {
      merged[key] = Object.hasOwn(whole, key)
        ? merge(whole[key], value)
        : value;
    }
  }
  return merged;
}
