import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { GitIgnore } from './GitIgnore';

/** Folders that never hold catalog data of one's own. */
const skipped = new Set(['.git', 'node_modules']);

/** Folders deeper than this are not entered. */
const deepest = 200;

/**
 * All files below a folder, sorted by name, folders after files. Symbolic links
 * to folders are not followed, so circles cannot occur; links to files are
 * files. What cannot be listed is told to `onError`.
 */
export function* walk(
  root: string,
  options: {
    gitIgnore?: GitIgnore;
    onError?: (folder: string, error: unknown) => void;
  } = {},
): Generator<string> {
  const stack = [{ folder: root, depth: 0 }];
  while (stack.length > 0) {
    const { folder, depth } = stack.pop()!;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      // A pattern may begin with a folder that is not there: then nothing matches it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        options.onError?.(folder, error);
      }
      continue;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const folders: string[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const isFolder = entry.isDirectory();
      if (
        (isFolder && skipped.has(entry.name)) ||
        options.gitIgnore?.ignores(path, isFolder)
      ) {
        continue;
      }
      if (isFolder) {
        folders.push(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        yield path;
      }
    }
    if (depth < deepest) {
      for (const path of folders.reverse()) {
        stack.push({ folder: path, depth: depth + 1 });
      }
    }
  }
}
