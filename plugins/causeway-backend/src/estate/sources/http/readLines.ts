import type { Readable } from 'node:stream';
import { BodyTooLargeError } from './requestText';

/**
 * The lines of a stream, in batches as they arrive. Ends with the stream, also
 * when the connection is cut or the signal aborts; a last line without its
 * end is dropped. Throws a `BodyTooLargeError` for a line that is too long.
 */
export async function* readLines(
  stream: Readable,
  options: { maxLineBytes: number; signal: AbortSignal },
): AsyncGenerator<string[]> {
  const stop = () => stream.destroy();
  options.signal.addEventListener('abort', stop, { once: true });
  let rest: Buffer[] = [];
  let restBytes = 0;
  let tooLong = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(0x0a);
      if (end < 0) {
        rest.push(chunk);
        restBytes += chunk.length;
        if (restBytes > options.maxLineBytes) {
          tooLong = true;
          break;
        }
      } else {
        const whole = Buffer.concat([...rest, chunk.subarray(0, end)]);
        rest = [chunk.subarray(end + 1)];
        restBytes = rest[0].length;
        const lines = whole.toString('utf8').split('\n');
        yield lines.filter(line => line.trim() !== '');
      }
    }
  } catch {
    // The end of a connection, in whatever form: the caller goes on from what it has.
  } finally {
    options.signal.removeEventListener('abort', stop);
    stream.destroy();
  }
  if (tooLong) {
    throw new BodyTooLargeError(options.maxLineBytes);
  }
}
