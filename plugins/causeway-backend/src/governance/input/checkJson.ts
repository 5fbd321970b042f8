import { InputError } from '@backstage/errors';

/** What a body may be, before anybody looks into it (THREATS M8). */
export const bodyLimits = {
  bytes: 256 * 1024,
  depth: 16,
  /** Values, all taken together. */
  values: 5_000,
  /** Characters of one text or name. */
  characters: 20_000,
} as const;

/** Halves of a pair alone: they cannot be written as UTF-8, and canonical JSON throws on them. */
const loneSurrogate = /\p{Surrogate}/u;

/** Controls except tab and line ends; databases refuse some of them. */
const control =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

const plainName = /^[A-Za-z_][\w.-]{0,40}$/;

/** The place of a value in words, names that are not plain left out: an error goes to logs. */
export function placeOf(at: string, key: string | number): string {
  if (typeof key === 'number') {
    return `${at}[${key}]`;
  }
  const name = plainName.test(key) ? key : '?';
  return at === '' ? name : `${at}.${name}`;
}

function faultOf(text: string): string | undefined {
  if (text.length > bodyLimits.characters) {
    return `has ${text.length} characters, at most ${bodyLimits.characters} are taken`;
  }
  if (loneSurrogate.test(text)) {
    return 'holds half of a character (a lone surrogate)';
  }
  return control.test(text)
    ? 'holds control characters; only tab and line ends are taken'
    : undefined;
}

/**
 * Goes on for JSON that everything behind can take: shallow, small, of whole
 * characters and finite numbers.
 *
 * @param what - how an error calls the whole: `The body`
 * @throws InputError that says where
 */
export function checkJson(root: unknown, what: string): void {
  const bad = (at: string, fault: string) =>
    new InputError(`${at === '' ? what : at} ${fault}`);
  const stack: { value: unknown; at: string; depth: number }[] = [
    { value: root, at: '', depth: 0 },
  ];
  let values = 0;
  // Without recursion: 20,000 levels would overflow it.
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, at, depth } = next;
    values += 1;
    if (values > bodyLimits.values) {
      throw bad('', `holds more than ${bodyLimits.values} values`);
    }
    if (typeof value === 'string') {
      const fault = faultOf(value);
      if (fault) {
        throw bad(at, fault);
      }
    } else if (typeof value === 'number' && !Number.isFinite(value)) {
      throw bad(at, 'is a number that is too large');
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= bodyLimits.depth) {
        throw bad(at, `is nested more than ${bodyLimits.depth} deep`);
      }
      const entries = Array.isArray(value)
        ? [...value.entries()]
        : Object.entries(value);
      if (values + entries.length > bodyLimits.values) {
        throw bad('', `holds more than ${bodyLimits.values} values`);
      }
      for (const [key, inner] of entries) {
        const fault =
          typeof key === 'string' &&
          (key === '__proto__' ? 'is no name' : faultOf(key));
        if (fault) {
          throw bad(placeOf(at, key), fault);
        }
        stack.push({ value: inner, at: placeOf(at, key), depth: depth + 1 });
      }
    }
  }
}
