import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { Io } from '../cli/Io';

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @throws InputError for one that is not there or cannot be read
 */
export async function* openFile(
  file: string,
  io: Io,
): AsyncGenerator<Uint8Array> {
  if (file === '-') {
    yield* io.stdin;
    return;
  }
  try {
    yield* createReadStream(resolve(io.cwd, file), {
      highWaterMark: 1024 * 1024,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT'
        ? `${resolve(io.cwd, file)}: The file is not there`
        : `${resolve(io.cwd, file)}: The file cannot be read (${code ?? error})`,
    );
  }
}
