import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Expressions of the scaffolder's engine and of cookiecutter. */
const templated = /\$\{\{|\{\{\s{0,200}cookiecutter|\{%/;

const namedSo = /^skeletons?$/;

/**
 * Whether a file is part of what a template will make rather than of the
 * catalog: it holds expressions, and it lies in a folder below a template or in
 * one called `skeleton`.
 */
export function isSkeleton(
  path: string,
  text: string,
  boundary: string,
): boolean {
  if (!templated.test(text)) {
    return false;
  }
  let folder = dirname(path);
  while (folder !== boundary && folder !== dirname(folder)) {
    if (namedSo.test(basename(folder))) {
      return true;
    }
    folder = dirname(folder);
    if (
      existsSync(join(folder, 'template.yaml')) ||
      existsSync(join(folder, 'template.yml'))
    ) {
      return true;
    }
  }
  return false;
}
