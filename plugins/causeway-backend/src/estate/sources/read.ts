/** Reading values of foreign JSON: each answers `undefined` for what is not as expected. */

export type JsonRecord = Record<string, unknown>;

export function record(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

const nothing: readonly never[] = [];

/** At most `max` entries of an array; empty for anything else. */
export function list(value: unknown, max: number): readonly unknown[] {
  if (!Array.isArray(value)) {
    return nothing;
  }
  return value.length > max ? value.slice(0, max) : value;
}

const isRecord = (value: unknown): value is JsonRecord =>
  record(value) !== undefined;

/** The records among at most `max` entries of an array: the array itself where it holds nothing else. */
export function records(value: unknown, max: number): readonly JsonRecord[] {
  const entries = list(value, max);
  return entries.every(isRecord) ? entries : entries.filter(isRecord);
}

/** What `text` replaces; nearly no text has any of it. */
const unfit =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/;

/**
 * Text cut to `max` characters, as Unicode that every database takes: no lone
 * surrogates, no control characters but white space.
 */
export function text(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  const cut = value.length > max ? value.slice(0, max) : value;
  if (!unfit.test(cut)) {
    return cut;
  }
  return (
    cut
      // eslint-disable-next-line no-control-regex -- control characters are what is replaced
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
      .replace(/\p{Surrogate}/gu, '\ufffd')
  );
}

/** Texts among at most `max` entries of an array. */
export function texts(value: unknown, max: number, length: number): string[] {
  const found: string[] = [];
  for (const entry of list(value, max)) {
    const one = text(entry, length);
    if (one !== undefined) {
      found.push(one);
    }
  }
  return found;
}

export function integer(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** Text of a value that may be text or a number (`minAvailable`, `targetPort`). */
export function intOrText(value: unknown, max: number): string | undefined {
  return integer(value)?.toString() ?? text(value, max);
}

/** Most entries of a map that are kept. */
const maxEntries = 64;

/** Longest key of a map. */
const maxKey = 317;

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, at) => at === 0 || keys[at - 1] < key);
}

/**
 * Text entries of a record whose key is wanted, at most 64, in the order of
 * their keys: a server may tell a map in any order. The record itself where
 * there is nothing to change; `undefined` when there are none.
 */
export function textMap(
  value: unknown,
  options: { wanted?: (key: string) => boolean; length: number },
): Record<string, string> | undefined {
  const source = record(value);
  if (!source) {
    return undefined;
  }
  const { wanted, length } = options;
  const all = Object.keys(source);
  const keys: string[] = [];
  let same = true;
  for (const key of all) {
    const own = source[key];
    if (
      typeof own === 'string' &&
      key.length <= maxKey &&
      key !== '__proto__' &&
      (!wanted || wanted(key))
    ) {
      keys.push(key);
      same &&= text(own, length) === own && text(key, maxKey) === key;
    }
  }
  if (keys.length === 0) {
    return undefined;
  }
  const sorted = isSorted(keys);
  if (
    same &&
    sorted &&
    keys.length === all.length &&
    keys.length <= maxEntries
  ) {
    return source as Record<string, string>;
  }
  const entries: Record<string, string> = {};
  for (const key of (sorted ? keys : keys.sort()).slice(0, maxEntries)) {
    entries[text(key, maxKey) ?? ''] = text(source[key], length) ?? '';
  }
  return entries;
}
