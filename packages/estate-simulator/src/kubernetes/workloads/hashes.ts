import { createHash } from 'node:crypto';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** A short suffix as controllers give it to names, the same for the same input. */
export function nameHash(value: unknown, length: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const bytes = createHash('sha256').update(text).digest();
  return [...bytes.subarray(0, length)]
    .map(byte => alphabet[byte % alphabet.length])
    .join('');
}

/** The hash of a pod template, whatever the order of its fields. */
export function templateHash(template: unknown): string {
  const sorted = JSON.stringify(template, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
  return nameHash(sorted, 10);
}
