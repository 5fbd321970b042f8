/** A JSON object whose fields are not known. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one: for reading nested fields safely. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list, or an empty one. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Follows field names down; `undefined` where the path ends early. */
export function at(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const field of path) {
    if (!isObject(current)) return undefined;
    current = current[field];
  }
  return current;
}

/** A deep copy as JSON would carry it: fields that are `undefined` are gone. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(item => cloneJson(item ?? null)) as T;
  }
  if (isObject(value)) {
    const copy: JsonObject = {};
    for (const [field, child] of Object.entries(value)) {
      // A field named __proto__ would set the prototype instead.
      if (child !== undefined && field !== '__proto__') {
        copy[field] = cloneJson(child);
      }
    }
    return copy as T;
  }
  return value;
}

/** Whether two JSON values are the same, whatever the order of their fields. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => jsonEqual(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const fields = Object.keys(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every(field => field in b && jsonEqual(a[field], b[field]))
  );
}

/** Makes a value and all in it read-only, so that it can be shared. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** JSON merge patch (RFC 7386): objects merge, `null` removes, all else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return cloneJson(patch);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (field === '__proto__' || value === undefined) continue;
    if (value === null) delete result[field];
    else result[field] = mergePatch(result[field], value);
  }
  return result;
}
