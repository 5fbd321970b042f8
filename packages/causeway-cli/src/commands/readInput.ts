import { InputError } from '@backstage/errors';

/** All of standard input, up to a bound. */
export async function readInput(
  stdin: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new InputError(
        `Standard input has more than ${maxBytes} bytes, which is all that is read`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
