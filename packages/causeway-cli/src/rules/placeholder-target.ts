import { isMapping } from '../document/CatalogDocument';
import { likelySpelling } from '../model/spelling';
import { DocumentContext, Report, Rule } from './rule';

const resolvers = new Set(['$text', '$json', '$yaml', '$openapi', '$asyncapi']);
const deepest = 64;

export const placeholderTarget: Rule = {
  id: 'placeholder-target',
  category: 'files',
  description:
    'A $text, $json, $yaml, $openapi or $asyncapi placeholder has no target that can be read.',
  severity: 'error',
  checkDocument(context, report) {
    visit(context.entity, [], context, report);
  },
};

function visit(
  value: unknown,
  path: (string | number)[],
  context: DocumentContext,
  report: (report: Report) => void,
): void {
  if (path.length > deepest) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, at) => visit(item, [...path, at], context, report));
  } else if (isMapping(value)) {
    const keys = Object.keys(value);
    if (keys.length === 1 && resolvers.has(keys[0])) {
      check(keys[0], value[keys[0]], [...path, keys[0]], context, report);
      return;
    }
    const likely =
      keys.length === 1 && keys[0].startsWith('$')
        ? likelySpelling(keys[0], resolvers)
        : undefined;
    if (likely) {
      report({
        message: `The catalog replaces no "${keys[0]}"; "${likely}" is meant, perhaps`,
        at: { path: [...path, keys[0]], part: 'key' },
        fix: { replaceWith: likely },
      });
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      visit(item, [...path, key], context, report);
    }
  }
}

function check(
  resolver: string,
  target: unknown,
  path: (string | number)[],
  { document, probe }: DocumentContext,
  report: (report: Report) => void,
): void {
  const at = { path, part: 'value' as const };
  if (typeof target !== 'string' || target === '') {
    report({
      message: `${resolver} needs a relative path or a URL`,
      at,
    });
    return;
  }
  // What a URL gives is for the catalog to find out: this check is offline.
  if (document.file.remote || /^[a-z][a-z0-9+.-]*:\/\//i.test(target)) {
    return;
  }
  const kind = probe.kindOf(document.file, target);
  if (kind === 'outside') {
    report({
      message: `${resolver} leads out of the working directory: ${target}`,
      help: 'The catalog reads only files of the same repository.',
      at,
    });
  } else if (kind !== 'file') {
    report({
      message:
        kind === 'folder'
          ? `${resolver} points to a folder: ${target}`
          : `${resolver} points to a file that is not there: ${target}`,
      help: 'The path is relative to the file that it stands in.',
      at,
    });
  } else if (resolver === '$json') {
    const text = probe.read(document.file, target);
    if (text !== undefined && !isJson(text)) {
      report({ message: `${target} is not valid JSON`, at });
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
