import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { GitIgnore } from './GitIgnore';
import { fixedPart, createMatcher, isGlob, PathMatcher } from './patterns';
import { walk } from './walk';

/** A file to validate, and how it was found. */
export interface FoundFile {
  path: string;
  /**
   * `named`: as a path or by a pattern; it is validated whatever it holds.
   * `usual`: by its usual name. `peek`: it may hold entities; its text decides.
   */
  how: 'named' | 'usual' | 'peek';
}

const usualNames = /^(catalog-info|template)\.ya?ml$/;
const yamlName = /\.ya?ml$/;

/** What finding files came to. */
export interface FindResult {
  files: FoundFile[];
  /** Arguments that led nowhere, each with a reason. */
  faults: string[];
  /** Whether the bound on the number of files was reached. */
  truncated: boolean;
}

/**
 * The files that arguments name. Without arguments, every `catalog-info.yaml`
 * and `template.yaml` below; in a folder that is named, other YAML files are
 * looked into as well. What git ignores and what the configuration leaves out
 * is not found, unless it is named as a file. An argument that begins with "!"
 * takes away from what the others, or none, find.
 */
export function findFiles(options: {
  paths: readonly string[];
  workingFolder: string;
  repository: string;
  ignored: PathMatcher;
  maxFiles: number;
}): FindResult {
  const { paths, workingFolder, maxFiles } = options;
  const takenAway = createMatcher(
    workingFolder,
    paths.filter(path => path.startsWith('!')).map(path => path.slice(1)),
  );
  const ignored = (path: string) => options.ignored(path) || takenAway(path);
  const gitIgnore = new GitIgnore(options.repository);
  const found = new Map<string, FoundFile>();
  const faults: string[] = [];
  const add = (file: FoundFile) => {
    const before = found.get(file.path);
    if (!before || file.how === 'named') {
      found.set(file.path, file);
    }
    return found.size <= maxFiles;
  };
  const walkFrom = (
    folder: string,
    pick: (path: string) => FoundFile['how'] | undefined,
  ) => {
    const onError = (unlisted: string, error: unknown) =>
      faults.push(
        `${unlisted}: the folder cannot be listed (${(error as NodeJS.ErrnoException).code})`,
      );
    for (const path of walk(folder, { gitIgnore, onError })) {
      const how = ignored(path) ? undefined : pick(path);
      if (how && !add({ path, how })) {
        return;
      }
    }
  };
  const taken = paths.filter(path => !path.startsWith('!'));
  const usual = (path: string) =>
    usualNames.test(basename(path)) ? ('usual' as const) : undefined;

  if (taken.length === 0) {
    walkFrom(workingFolder, usual);
  }
  for (const argument of taken) {
    const path = resolve(workingFolder, argument);
    const kind = kindOf(path);
    if (kind === 'folder') {
      walkFrom(
        path,
        one => usual(one) ?? (yamlName.test(one) ? 'peek' : undefined),
      );
    } else if (kind === 'other' && isGlob(argument)) {
      const matches = createMatcher(workingFolder, [argument]);
      const before = found.size;
      walkFrom(resolve(workingFolder, fixedPart(argument)), one =>
        matches(one) ? 'named' : undefined,
      );
      if (found.size === before) {
        faults.push(`${argument}: no file matches`);
      }
    } else {
      add({ path, how: 'named' });
    }
  }
  const files = [...found.values()];
  return {
    files: files.slice(0, maxFiles),
    faults,
    truncated: files.length > maxFiles,
  };
}

function kindOf(path: string): 'file' | 'folder' | 'other' {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'other';
  }
}
