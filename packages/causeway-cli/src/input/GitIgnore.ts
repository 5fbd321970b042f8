import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Largest ignore file that is read. */
const maxBytes = 1024 * 1024;

/** The root of the git work tree that holds a folder, or the folder itself where there is none. */
export function findRepository(folder: string): string {
  let current = folder;
  for (;;) {
    if (existsSync(join(current, '.git'))) {
      return current;
    }
    const parent = dirname(current);
    if (parent === current) {
      return folder;
    }
    current = parent;
  }
}

/** What `.gitignore` files between the repository's root and a path leave out. */
export class GitIgnore {
  readonly #root: string;
  readonly #rules = new Map<string, Ignore | undefined>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Whether git leaves out a file or folder whose parents it does not leave out. */
  ignores(path: string, isFolder: boolean): boolean {
    let folder = dirname(path);
    for (;;) {
      const rules = this.#rulesOf(folder);
      if (rules) {
        const name = relative(folder, path).split(sep).join('/');
        const verdict = rules.test(isFolder ? `${name}/` : name);
        // The nearest file that says anything decides.
        if (verdict.ignored || verdict.unignored) {
          return verdict.ignored;
        }
      }
      if (folder === this.#root || !folder.startsWith(this.#root)) {
        return false;
      }
      folder = dirname(folder);
    }
  }

  #rulesOf(folder: string): Ignore | undefined {
    if (!this.#rules.has(folder)) {
      const texts = [join(folder, '.gitignore')];
      if (folder === this.#root) {
        texts.unshift(join(folder, '.git', 'info', 'exclude'));
      }
      const content = texts.map(readSmall).filter(text => text !== undefined);
      this.#rules.set(
        folder,
        content.length ? ignore().add(content.join('\n')) : undefined,
      );
    }
    return this.#rules.get(folder);
  }
}

function readSmall(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= maxBytes
      ? readFileSync(path, 'utf8')
      : undefined;
  } catch {
    return undefined;
  }
}
