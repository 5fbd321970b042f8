/** Bounds of what is handed to a thread (THREATS M3, M8). */
export const inputLimits = {
  /** UTF-16 units of all texts and keys. */
  characters: 256 * 1024,
  /** Values in all. */
  values: 20_000,
  depth: 32,
};

/** Whether a value is small enough; looks no further than the bounds. */
export function isWithin(value: unknown): boolean {
  let characters = 0;
  let values = 0;
  const pending: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  while (pending.length > 0) {
    const one = pending.pop()!;
    values += 1;
    if (typeof one.value === 'string') {
      characters += one.value.length;
    } else if (typeof one.value === 'object' && one.value !== null) {
      const entries = Object.entries(one.value);
      if (
        one.depth === inputLimits.depth ||
        values + entries.length > inputLimits.values
      ) {
        return false;
      }
      for (const [key, inner] of entries) {
        characters += Array.isArray(one.value) ? 0 : key.length;
        pending.push({ value: inner, depth: one.depth + 1 });
      }
    }
    if (characters > inputLimits.characters || values > inputLimits.values) {
      return false;
    }
  }
  return true;
}
