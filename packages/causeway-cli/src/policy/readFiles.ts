import { relative, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { PolicyFile } from '@causeway/backstage-plugin-causeway-common/policy';
import { readBounded } from '../input/readBounded';

/** Most bytes of one file. */
const maxBytes = 1024 * 1024;

/** Texts of files by the names that people gave them. */
export function readFiles(
  paths: readonly string[],
  options: { folder: string; workingFolder: string },
): PolicyFile[] {
  return paths.map(path => {
    const full = resolve(options.folder, path);
    const read = readBounded(full, maxBytes);
    const file = relative(options.workingFolder, full) || path;
    if (!read.bytes) {
      throw new InputError(`${file}: ${read.message}`);
    }
    return { file, text: read.bytes.toString('utf8') };
  });
}
