/** A piece of a text that somebody else wrote. */
export type TextPiece =
  | { kind: 'text'; text: string }
  /** A character that one would not see, or that turns others around. */
  | { kind: 'invisible'; code: string }
  | { kind: 'link'; text: string; href: string; host: string };

/*
 * Control characters but line feed and tab, format characters (zero width,
 * bidirectional overrides and isolates, tags, soft hyphen), line and paragraph
 * separators, private use, lone surrogates, and blanks that look like nothing.
 */
const invisible =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\u2800\u034F\u17B4\u17B5\u180B-\u180F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

const address = /https?:\/\/[^\s<>"'`{}|\\^]+/gi;

function splitInvisible(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(invisible)) {
    if (match.index > from) {
      pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    }
    const code = match[0].codePointAt(0)!.toString(16).toUpperCase();
    pieces.push({ kind: 'invisible', code: `U+${code.padStart(4, '0')}` });
    from = match.index + match[0].length;
  }
  if (from < text.length) {
    pieces.push({ kind: 'text', text: text.slice(from) });
  }
  return pieces;
}

/** An http(s) address without user and without invisible characters; the host as the browser reads it. */
function parseLink(text: string): { href: string; host: string } | undefined {
  if (text.search(invisible) !== -1) {
    return undefined;
  }
  try {
    const { protocol, host, href, username, password } = new URL(text);
    const isWeb = protocol === 'http:' || protocol === 'https:';
    return isWeb && host && !username && !password ? { href, host } : undefined;
  } catch {
    return undefined;
  }
}

/** What a text is made of, with what one would not see made visible. */
export function visiblePieces(
  text: string,
  options: { links?: boolean } = {},
): TextPiece[] {
  if (!options.links) {
    return splitInvisible(text);
  }
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    // A full stop or a bracket after an address belongs to the sentence.
    const found = match[0].replace(/[.,;:!?)\]]+$/, '');
    const link = parseLink(found);
    if (link) {
      pieces.push(...splitInvisible(text.slice(from, match.index)));
      pieces.push({ kind: 'link', text: found, ...link });
      from = match.index + found.length;
    }
  }
  return [...pieces, ...splitInvisible(text.slice(from))];
}

/** The same as one string, for titles and names that must be one. */
export function visibleText(text: string): string {
  return splitInvisible(text)
    .map(piece => (piece.kind === 'invisible' ? `[${piece.code}]` : piece.text))
    .join('');
}
