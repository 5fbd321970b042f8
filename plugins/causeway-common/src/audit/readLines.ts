/** Longer than any line of an export: an entry has at most 256 KiB. */
const maxLineBytes = 4 * 1024 * 1024;

const lineFeed = 0x0a;
const unreadable = '\ufffd';
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Lines of a stream, without line feeds. What is no UTF-8 comes as a line that
 * is none of an export: two different streams must never look the same. So
 * does what is too long, and ends it.
 *
 * @param options.maxBytes - of a line; defaults to what an entry can have
 *
 * @public
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  options: { maxBytes?: number } = {},
): AsyncGenerator<string> {
  const { maxBytes = maxLineBytes } = options;
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (
      let at = chunk.indexOf(lineFeed);
      at !== -1;
      at = chunk.indexOf(lineFeed, from)
    ) {
      const rest = chunk.subarray(from, at);
      yield decode(
        pending.length > 0 ? Buffer.concat([...pending, rest]) : rest,
      );
      pending = [];
      length = 0;
      from = at + 1;
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from));
      length += chunk.length - from;
    }
    if (length > maxBytes) {
      yield unreadable;
      return;
    }
  }
  if (pending.length > 0) {
    yield decode(Buffer.concat(pending));
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return unreadable;
  }
}
