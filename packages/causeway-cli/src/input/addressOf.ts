import { SourceFile } from '../document/SourceFile';
import { LocationTarget } from './locationTargets';

/** The address of a target that is a URL, or that is relative to a file that a URL gave, always in the same form. */
export function addressOf(
  file: SourceFile,
  { type, target, glob }: Pick<LocationTarget, 'type' | 'target' | 'glob'>,
): string | undefined {
  const base = type === 'url' ? undefined : file.path;
  if ((base && (glob || !file.remote)) || !URL.canParse(target, base)) {
    return undefined;
  }
  const url = new URL(target, base);
  url.hash = '';
  return url.href;
}
