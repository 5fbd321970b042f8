/**
 * Characters that change how text around them is read or shown without being
 * seen: controls, zero-width characters, and those that turn the direction of
 * writing (THREATS H16).
 */
const invisible =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Single words and spaces of ASCII: nearly every text, and nothing to do. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Text that a tenant wrote, fit to be shown: white space folded, invisible and
 * direction-changing characters written out as `\u{...}`, cut to `limit`
 * characters.
 */
export function safeText(
  text: string | undefined,
  limit: number,
): string | undefined {
  if (text !== undefined && text.length <= limit && plain.test(text)) {
    return text;
  }
  // Cut before the work, so that absurd sizes cost nothing.
  const folded = text
    ?.slice(0, limit * 4)
    .replace(/[\t\r\n ]+/g, ' ')
    .trim()
    .replace(
      invisible,
      character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
    );
  if (!folded) {
    return undefined;
  }
  const characters = [...folded];
  return characters.length > limit
    ? `${characters.slice(0, limit - 1).join('')}…`
    : folded;
}

/** The topics that are, lower-cased, valid catalog tags; sorted, each once. */
export function toTags(topics: readonly string[]): string[] {
  const tags = topics
    .map(topic => topic.toLowerCase())
    .filter(
      topic =>
        topic.length <= 63 && /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(topic),
    );
  return [...new Set(tags)].sort();
}
