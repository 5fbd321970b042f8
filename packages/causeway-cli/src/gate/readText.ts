import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { Io } from '../cli/Io';
import { readBounded } from '../input/readBounded';

/** More than any input of an operation. */
const maxBytes = 1024 * 1024;

/** Reads a file, or standard input for `-`. */
export async function readText(path: string, io: Io): Promise<string> {
  if (path !== '-') {
    const read = readBounded(resolve(io.cwd, path), maxBytes);
    if (!read.bytes) {
      throw new InputError(`${path}: ${read.message}`);
    }
    return read.bytes.toString('utf8');
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new InputError(`Standard input has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
