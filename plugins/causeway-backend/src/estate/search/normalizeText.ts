/**
 * Text as it is compared: without case, accents and characters that a database
 * cannot hold, white space folded, at most `limit` characters.
 */
export function normalizeText(text: string, limit = 2000): string {
  return (
    text
      .slice(0, limit)
      .normalize('NFKD')
      // Accents stand apart after NFKD.
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      // PostgreSQL takes neither NUL nor halves of surrogate pairs.
      .replace(/[\p{Cc}\p{Cs}\p{Z}]+/gu, ' ')
      .trim()
  );
}

/** A `like` pattern for texts that hold this one; for `escape '\'`. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
