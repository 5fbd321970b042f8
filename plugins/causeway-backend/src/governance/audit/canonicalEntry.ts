import { InputError } from '@backstage/errors';
import {
  hashText,
  type StoredText,
} from '@causeway/backstage-plugin-causeway-common/audit';
import canonicalize from 'canonicalize';
import { checkEntry, entryLimits } from './entryLimits';
import type { NewAuditEntry } from './NewAuditEntry';

/** An entry as it is hashed, and the texts that stand beside it. */
export interface CanonicalEntry {
  canonical: string;
  texts: Required<StoredText>[];
}

/**
 * The RFC 8785 form of an entry at its place in the chain.
 *
 * @throws InputError for what is too large, too deep or no JSON
 */
export function toCanonicalEntry(
  entry: NewAuditEntry,
  seq: number,
  createSalt: () => string,
): CanonicalEntry {
  checkEntry(entry);
  const texts = Object.entries(entry.erasable ?? {}).flatMap(([field, text]) =>
    text === undefined ? [] : [{ seq, field, salt: createSalt(), text }],
  );
  const canonical = canonicalize({
    seq,
    at: entry.at,
    type: entry.type,
    action: entry.action,
    by: entry.by,
    requestId: entry.requestId,
    subject: entry.subject,
    detail: entry.detail,
    texts:
      texts.length > 0
        ? Object.fromEntries(
            texts.map(({ field, salt, text }) => [field, hashText(salt, text)]),
          )
        : undefined,
  })!;
  if (Buffer.byteLength(canonical) > entryLimits.bytes) {
    throw new InputError(
      `This cannot go into the audit trail: it has more than ${entryLimits.bytes} bytes`,
    );
  }
  return { canonical, texts };
}
