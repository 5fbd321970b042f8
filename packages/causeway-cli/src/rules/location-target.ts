import { isMapping } from '../document/CatalogDocument';
import { LocationTarget, locationTargets } from '../input/locationTargets';
import { likelySpelling } from '../model/spelling';
import { Rule } from './rule';

export const locationTarget: Rule = {
  id: 'location-target',
  category: 'files',
  description: 'A Location points to something that is not there.',
  severity: 'error',
  checkDocument({ document, entity, probe }, report) {
    const { spec } = entity;
    if (
      entity.kind !== 'Location' ||
      // Its targets are URLs in their turn, and reading them tells.
      document.file.remote ||
      (isMapping(spec) && spec.presence === 'optional')
    ) {
      return;
    }
    const type = isMapping(spec) ? spec.type : undefined;
    const likely =
      typeof type === 'string'
        ? likelySpelling(type, ['file', 'url'])
        : undefined;
    if (likely) {
      report({
        message: `Nothing reads locations of the type "${type}"; "${likely}" is meant, perhaps`,
        at: { path: ['spec', 'type'], part: 'value' },
        fix: { replaceWith: likely },
      });
    }
    for (const target of locationTargets(entity)) {
      if (target.type !== 'file') {
        continue;
      }
      const at = { path: target.path, part: 'value' as const };
      const found = target.glob
        ? probe.matches(document.file, target.target)
        : probe.kindOf(document.file, target.target);
      if (found === 'outside') {
        report({
          message: `The target leads out of the working directory: ${target.target}`,
          help: 'Run the check in a folder that holds all of it, or name the other repository by URL.',
          at,
        });
      } else if (found !== 'file') {
        report({
          message: messageOf(target, found),
          help: 'The path is relative to the file that the Location stands in. What may be absent gets presence: optional.',
          at,
        });
      }
    }
  },
};

function messageOf(
  { glob, target }: LocationTarget,
  found: 'folder' | undefined,
): string {
  if (glob) {
    return `No file matches the target ${target}`;
  }
  return found === 'folder'
    ? `The target is a folder: ${target}`
    : `The target is not there: ${target}`;
}
