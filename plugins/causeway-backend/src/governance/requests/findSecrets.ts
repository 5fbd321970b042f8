import { placeOf } from '../input/checkJson';
import { secretShapes } from './secretShapes';

/** A secret, without the secret. */
export interface FoundSecret {
  /** `input.env[2]`, `reason`. */
  at: string;
  /** `a GitHub token`. */
  what: string;
}

const secretName =
  /(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|credential)s?$/i;

/** `password: …`, `API_KEY=…`, with the value in a group. */
const assignment =
  /(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|credential)s?["']?[ \t]{0,8}(?:=|:|:=|=>)[ \t]{0,8}["']?([^\s"',;]{12,400})/gi;

/** Values that stand for a secret and are none: a variable, a placeholder, something blacked out. */
const standIn = /^[$<{*%[(]|\.\.\.|…|\*{3}|x{4}|redacted|example|changeme/i;

/** Bits a character, by how often each occurs. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const length = [...text].length;
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/** Whether a text is more likely made by a machine than by a language: long, mixed and without a pattern. */
function looksRandom(text: string): boolean {
  if (text.length < 12 || /\s/.test(text) || standIn.test(text)) {
    return false;
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter(kind =>
    kind.test(text),
  ).length;
  return /\d/.test(text) && kinds >= 2 && entropyOf(text) >= 3.2;
}

/** What secret a text holds, if any. */
export function secretIn(text: string): string | undefined {
  const shape = secretShapes.find(one => one.shape.test(text));
  if (shape) {
    return shape.what;
  }
  for (const [, value] of text.matchAll(assignment)) {
    if (looksRandom(value)) {
      return 'a password or key';
    }
  }
  return undefined;
}

/**
 * Looks through JSON for what looks like a secret (THREATS M4): well-known
 * shapes of tokens, private keys, and random values that something secret is
 * called by. Digests and commits are random too and called by nothing secret:
 * they pass.
 *
 * @returns where the first one stands, and of what kind it is; never the secret
 */
export function findSecret(root: unknown): FoundSecret | undefined {
  const stack: { value: unknown; at: string; name?: string }[] = [
    { value: root, at: '' },
  ];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, at, name } = next;
    if (typeof value === 'string') {
      const what =
        secretIn(value) ??
        (name !== undefined && secretName.test(name) && looksRandom(value)
          ? 'a password or key'
          : undefined);
      if (what) {
        return { at: at || 'The text', what };
      }
    } else if (Array.isArray(value)) {
      value.forEach((inner, index) =>
        stack.push({ value: inner, at: placeOf(at, index), name }),
      );
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const what = secretIn(key);
        if (what) {
          return { at: at || 'A name', what };
        }
        stack.push({ value: inner, at: placeOf(at, key), name: key });
      }
    }
  }
  return undefined;
}
