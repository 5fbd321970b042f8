import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { ReadResult } from './readBounded';

/** Whether a path lies within a folder, going by its text. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(way);
}

const realFolders = new Map<string, string | undefined>();

/**
 * Whether a path within a folder leads out of it by symbolic links. What lies
 * outside by its own text was named so by whoever runs the check.
 */
export function leadsOut(path: string, folder: string): boolean {
  if (!isInside(path, folder)) {
    return false;
  }
  const real = realPathOf(path);
  const boundary = realFolder(folder);
  return (
    real !== undefined && boundary !== undefined && !isInside(real, boundary)
  );
}

/** What reading such a path gives. */
export const leadingOut: Extract<ReadResult, { rule: string }> = {
  rule: 'file-unreadable',
  message: 'The file is a symbolic link that leads out of the repository',
  help: 'Put a copy of the file in its place.',
};

/** Only the folder's links are looked up as a rule, once for all files in it. */
function realPathOf(path: string): string | undefined {
  try {
    if (lstatSync(path).isSymbolicLink()) {
      return realpathSync(path);
    }
    const folder = realFolder(dirname(path));
    return folder && join(folder, basename(path));
  } catch {
    return undefined;
  }
}

function realFolder(folder: string): string | undefined {
  if (!realFolders.has(folder)) {
    let real: string | undefined;
    try {
      real = realpathSync(folder);
    } catch {
      real = undefined;
    }
    realFolders.set(folder, real);
  }
  return realFolders.get(folder);
}
