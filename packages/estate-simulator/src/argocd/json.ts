/** A JSON object whose fields are not known. */
export type Json = Record<string, unknown>;

/** The value as an object, or an empty one. */
export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The value as a list of objects, or an empty one. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** The value as text, or `undefined`. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a number, or `undefined`. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The parts of a JSON pointer (RFC 6901). */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** A copy of a value without what the JSON pointers name. */
export function withoutPointers<T>(value: T, pointers: string[]): T {
  if (pointers.length === 0) {
    return value;
  }
  const copy = structuredClone(value);
  for (const pointer of pointers) {
    const parts = pointerParts(pointer);
    const last = parts.pop();
    const parent = parts.reduce<unknown>(
      (current, part) => (current as Json | undefined)?.[part],
      copy,
    );
    if (last !== undefined && typeof parent === 'object' && parent !== null) {
      if (Array.isArray(parent)) {
        parent.splice(Number(last), 1);
      } else {
        delete (parent as Json)[last];
      }
    }
  }
  return copy;
}
