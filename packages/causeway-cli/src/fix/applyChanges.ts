import { isMapping } from '../document/CatalogDocument';
import { ValueChange } from '../findings/finding';

/** A change and the value of the document that it is about. */
export interface DocumentChange extends ValueChange {
  document: unknown;
}

/** Puts into the values of documents what fixes mean to change; false where there is no such place. */
export function applyChanges(changes: readonly DocumentChange[]): boolean {
  // Keys last: the paths of the other changes are those of the file as it is.
  const ordered = [...changes].sort(
    (a, b) =>
      Number(a.part === 'key') - Number(b.part === 'key') ||
      b.path.length - a.path.length,
  );
  return ordered.every(applyChange);
}

function applyChange({ document, path, part, value }: DocumentChange): boolean {
  let parent = document;
  for (const step of path.slice(0, -1)) {
    parent = memberOf(parent, step);
  }
  const last = path[path.length - 1];
  if (memberOf(parent, last) === undefined) {
    return false;
  }
  const holder = parent as Record<string | number, unknown>;
  if (part === 'value') {
    holder[last] = value;
    return true;
  }
  if (Array.isArray(parent) || value in holder) {
    return false;
  }
  holder[value] = holder[last];
  delete holder[last];
  return true;
}

function memberOf(value: unknown, step: string | number): unknown {
  if (!isMapping(value) && !Array.isArray(value)) {
    return undefined;
  }
  return Object.prototype.hasOwnProperty.call(value, step)
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}
