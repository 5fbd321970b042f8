import { InputError } from '@backstage/errors';
import type { NewAuditEntry } from './NewAuditEntry';

/** What one entry may hold (THREATS M8): far more than any entry of the gate needs. */
export const entryLimits = {
  depth: 32,
  /** Values of all levels together. */
  values: 20_000,
  /** Of the canonical text. */
  bytes: 256 * 1024,
  /** Of one erasable text. */
  textBytes: 64 * 1024,
  texts: 20,
  name: 64,
  reference: 512,
} as const;

const lone =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Refuses what cannot be stored or hashed the same way on every database.
 *
 * @throws InputError that says which part it is
 */
export function checkEntry(entry: NewAuditEntry): void {
  const { name, reference } = entryLimits;
  checkColumn('type', entry.type, name);
  checkColumn('action', entry.action, name);
  checkColumn('by', entry.by, reference);
  if (entry.requestId !== undefined) {
    checkColumn('requestId', entry.requestId, name);
  }
  if (entry.subject !== undefined) {
    checkColumn('subject', entry.subject, reference);
  }
  if (!Number.isSafeInteger(entry.at) || entry.at < 0) {
    throw refusal('at must be epoch milliseconds');
  }
  checkValue(entry.detail);
  const texts = Object.entries(entry.erasable ?? {});
  if (texts.length > entryLimits.texts) {
    throw refusal(`it has more than ${entryLimits.texts} texts`);
  }
  for (const [field, text] of texts) {
    checkColumn('name of a text', field, name);
    if (Object.hasOwn(entry.detail, field)) {
      throw refusal(`"${field}" is both in its detail and a text`);
    }
    if (text !== undefined) {
      checkText(`text "${field}"`, text, entryLimits.textBytes);
    }
  }
}

/** Walks without recursion: something deep must not overflow the stack. */
function checkValue(detail: unknown) {
  const { depth: maxDepth, values: maxValues, bytes } = entryLimits;
  const open: { value: unknown; depth: number }[] = [
    { value: detail, depth: 1 },
  ];
  let values = 0;
  let length = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > maxValues) {
      throw refusal(`its detail has more than ${maxValues} values`);
    }
    if (depth > maxDepth) {
      throw refusal(`its detail is more than ${maxDepth} levels deep`);
    }
    if (typeof value === 'string') {
      length += value.length;
      checkText('its detail', value, bytes);
    } else if (Array.isArray(value)) {
      for (const one of value) {
        open.push({ value: one, depth: depth + 1 });
      }
    } else if (isPlainObject(value)) {
      for (const [key, one] of Object.entries(value)) {
        length += key.length;
        checkText('a name in its detail', key, bytes);
        if (one !== undefined) {
          open.push({ value: one, depth: depth + 1 });
        }
      }
    } else if (
      value !== null &&
      typeof value !== 'boolean' &&
      !Number.isFinite(value)
    ) {
      throw refusal('its detail holds something that JSON does not have');
    }
    if (length > bytes) {
      throw refusal(`its detail has more than ${bytes} bytes`);
    }
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  );
}

function checkColumn(what: string, text: string, most: number) {
  if (typeof text !== 'string' || text.length === 0 || text.length > most) {
    throw refusal(`${what} must have 1 to ${most} characters`);
  }
  checkText(what, text, 4 * most);
  // Columns stand in the canonical text as they are: see `edgesSql`.
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f"\\]/.test(text)) {
    throw refusal(
      `${what} holds a quotation mark, a backslash or a control character`,
    );
  }
}

function checkText(what: string, text: string, most: number) {
  if (text.length > most || Buffer.byteLength(text) > most) {
    throw refusal(`${what} has more than ${most} bytes`);
  }
  if (lone.test(text)) {
    throw refusal(`${what} holds half of a surrogate pair`);
  }
}

function refusal(why: string) {
  return new InputError(`This cannot go into the audit trail: ${why}`);
}
