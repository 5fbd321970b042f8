/** A secret, in parts so that none stands in a file, and what of it nothing may hold. */
export interface Canary {
  text: string;
  needle: string;
}

const canary = (before: string, needle: string, after = ''): Canary => ({
  text: `${before}${needle}${after}`,
  needle,
});

/** Secrets of the kinds that turn up in tickets, logs and prompts. */
export const canaries: Record<string, Canary> = {
  'an AWS key': canary('AKIA', 'Q3E7M2WZK5TXR6YB'),
  'a token of a user': canary(
    'eyJ',
    'hbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyOmRlZmF1bHQvYWRhIn0.c2lnbmF0dXJlLWNhbmFyeQ',
  ),
  'a GitHub token': canary('ghp_', 'c4N9aR7y'.repeat(4), 'W2x5'),
  'an address with a password': canary(
    'postgresql://ledger:',
    'C4nary-pa55word',
    '@db.example:5432/ledger',
  ),
  'a private key': canary(
    '-----BEGIN PRIVATE KEY-----\n',
    'MIGHAgEAMBMGByqGSM49CANARY',
    '\n-----END PRIVATE KEY-----',
  ),
};

type Path = readonly (string | number)[];

/** Places of all values in a body. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  }
  return [path];
}

/** What stands in a place of a body. */
export function leafOf(body: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown>)[key],
    body,
  );
}

/** A copy with something else in one place. */
export function withLeaf(body: unknown, path: Path, leaf: unknown): unknown {
  if (path.length === 0) {
    return leaf;
  }
  const [first, ...rest] = path;
  const copy = structuredClone(body) as Record<string | number, unknown>;
  copy[first] = withLeaf(copy[first], rest, leaf);
  return copy;
}
