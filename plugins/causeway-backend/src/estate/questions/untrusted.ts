import { safeText } from '../projection/text';

/** Versions, revisions and conditions are such words. */
const word = /^[A-Za-z0-9][\w.:+/@=~-]{0,127}$/;

/** References and digests are words, however many parts they have. */
const name =
  /^(?:(?:component|resource|api|group|user|system|domain|template):[\w.-]+\/[\w.-]+|sha256:[0-9a-f]{64})$/;

/** Parts of a word that may be words of a language: `Ready`, and each of `ignore-all-previous`. */
const spoken = /[A-Za-z][a-z]{2,}|[A-Z]{3,}/g;

/** What has more of them can pass for a sentence. */
const mostSpoken = 5;

/** Whether a text stands as a plain word in an answer: it cannot pass for a sentence. */
function isWord(text: string): boolean {
  return (
    name.test(text) ||
    (word.test(text) && (text.match(spoken)?.length ?? 0) <= mostSpoken)
  );
}

/** Longest text of a tenant in an answer, by field; 200 characters for all others. */
const limits: Record<string, number> = { description: 400, message: 256 };

/** Fields of an answer, and what of them a tenant may have written freely. */
export interface SortedTexts {
  /** Values that are plain words. */
  words: Record<string, string>;
  /** All others, bounded, with invisible characters written out. */
  untrusted?: Record<string, string>;
}

/** Text that a tenant wrote, bounded and with invisible characters written out. */
export function tenantText(
  field: string,
  value: string | undefined,
): string | undefined {
  return safeText(value, limits[field] ?? 200);
}

/**
 * Sorts texts that tenants can write (THREATS H16): plain words may stand among
 * an answer's own fields, everything else only under `untrusted`.
 */
export function sortTexts(
  fields: Record<string, string | undefined>,
  free: Record<string, string | undefined> = {},
): SortedTexts {
  const words: Record<string, string> = {};
  const untrusted: Record<string, string> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined && isWord(value)) {
      words[field] = value;
    } else {
      put(untrusted, field, value);
    }
  }
  for (const [field, value] of Object.entries(free)) {
    put(untrusted, field, value);
  }
  return Object.keys(untrusted).length > 0 ? { words, untrusted } : { words };
}

function put(
  target: Record<string, string>,
  field: string,
  value: string | undefined,
): void {
  const safe = tenantText(field, value);
  if (safe !== undefined) {
    target[field] = safe;
  }
}
