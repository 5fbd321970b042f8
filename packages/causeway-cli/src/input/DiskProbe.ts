import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { SourceFile } from '../document/SourceFile';
import { FileProbe } from '../rules/rule';
import { isInside, leadsOut } from './boundary';
import { createMatcher, fixedPart, isHarmless } from './patterns';
import { readBounded } from './readBounded';
import { walk } from './walk';

/** Largest file that a rule may look into. */
const maxBytes = 1024 * 1024;

/** Files that one pattern may look at. */
const maxWalked = 100_000;

/** Tells what exists inside of one folder and nothing beyond it. */
export class DiskProbe implements FileProbe {
  readonly #boundary: string;
  readonly #workingFolder: string;

  constructor(options: { boundary: string; workingFolder: string }) {
    this.#boundary = options.boundary;
    this.#workingFolder = options.workingFolder;
  }

  kindOf(
    file: SourceFile,
    path: string,
  ): 'file' | 'folder' | 'outside' | undefined {
    const target = this.resolve(file, path);
    if (!target) {
      return path.includes('\0') ? undefined : 'outside';
    }
    try {
      if (leadsOut(target, this.#boundary)) {
        return 'outside';
      }
      const stat = statSync(target);
      if (stat.isDirectory()) {
        return 'folder';
      }
      return stat.isFile() ? 'file' : undefined;
    } catch {
      return undefined;
    }
  }

  matches(file: SourceFile, pattern: string): 'file' | 'outside' | undefined {
    if (!this.resolve(file, fixedPart(pattern))) {
      return 'outside';
    }
    return this.find(file, pattern).length > 0 ? 'file' : undefined;
  }

  /** Files that match a pattern relative to the file's folder. */
  find(file: SourceFile, pattern: string): string[] {
    const folder = this.#folderOf(file);
    const base = resolve(folder, fixedPart(pattern));
    if (!this.#isInside(base) || !isHarmless(pattern)) {
      return [];
    }
    const rest = resolve(folder, pattern);
    const matches = createMatcher(base, [
      relative(base, rest).split(sep).join('/'),
    ]);
    const found: string[] = [];
    let walked = 0;
    for (const path of walk(base)) {
      walked += 1;
      if (walked > maxWalked) {
        break;
      }
      if (matches(path)) {
        found.push(path);
      }
    }
    return found;
  }

  read(file: SourceFile, path: string): string | undefined {
    const target = this.resolve(file, path);
    return target && !leadsOut(target, this.#boundary)
      ? readBounded(target, maxBytes).bytes?.toString('utf8')
      : undefined;
  }

  /** Absolute path of what is named relative to a file; undefined outside of the boundary. */
  resolve(file: SourceFile, path: string): string | undefined {
    if (path.includes('\0')) {
      return undefined;
    }
    const target = resolve(this.#folderOf(file), path);
    return this.#isInside(target) ? target : undefined;
  }

  #folderOf(file: SourceFile): string {
    return file.absolutePath ? dirname(file.absolutePath) : this.#workingFolder;
  }

  #isInside(path: string): boolean {
    return isInside(path, this.#boundary);
  }
}
