import { relative, sep } from 'node:path';
import picomatch from 'picomatch';

/** Longest pattern that is compiled; patterns come from configuration and catalog files. */
const longest = 1000;

/** A test of paths against patterns that are relative to a folder. */
export type PathMatcher = (absolutePath: string) => boolean;

/** Matches absolute paths against globs relative to a folder. */
export function createMatcher(
  folder: string,
  patterns: readonly string[],
): PathMatcher {
  const usable = patterns
    .filter(pattern => pattern.length <= longest)
    .map(pattern => pattern.replace(/^\.\//, ''));
  if (usable.length === 0) {
    return () => false;
  }
  const match = picomatch(usable, { dot: true });
  return path => match(relative(folder, path).split(sep).join('/'));
}

/** Whether a path argument is a pattern. */
export function isGlob(path: string): boolean {
  return /[*?{}[\]]/.test(path);
}

/** The fixed beginning of a pattern: the folder that holds all it can match. */
export function fixedPart(pattern: string): string {
  const fixed: string[] = [];
  for (const step of pattern.split('/').slice(0, -1)) {
    if (isGlob(step) || step.includes('(')) {
      break;
    }
    fixed.push(step);
  }
  return fixed.join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/**
 * Whether a pattern from a catalog file may be tried. Patterns become regular
 * expressions, whose time grows with the power of their wildcards, and the
 * names that they are tried on come from the same author.
 */
export function isHarmless(pattern: string): boolean {
  const steps = pattern.split('/');
  const deep = steps.filter(step => step === '**').length;
  return (
    pattern.length <= longest &&
    !pattern.includes('(') &&
    deep <= 3 &&
    steps.every(step => step === '**' || (step.match(/\*/g) ?? []).length <= 3)
  );
}
