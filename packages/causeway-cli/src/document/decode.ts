const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a file, or why its bytes are no text. */
export type Decoded =
  | { text: string; problem?: undefined }
  | { text?: undefined; problem: string; help: string };

/**
 * Decodes UTF-8 strictly. The catalog decodes leniently and shows replacement
 * characters for whatever another encoding holds, so that is a fault here.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff)
  ) {
    return {
      problem: 'The file is UTF-16, and the catalog reads UTF-8',
      help: 'Save the file as UTF-8.',
    };
  }
  if (bytes.includes(0)) {
    return {
      problem: 'The file is binary, not text',
      help: 'Remove it from the paths that are validated, or write the entity as YAML.',
    };
  }
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return {
      problem:
        'The file is not valid UTF-8 (Latin-1 or Windows-1252, perhaps), and the catalog would garble it',
      help: 'Save the file as UTF-8.',
    };
  }
}
