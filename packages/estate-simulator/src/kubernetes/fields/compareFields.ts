import { jsonEqual } from '../objects/json';
import { FieldSet, fieldSetOf, partsOf, pathBelow } from './fieldSet';
import { FieldSchemaContext, isSkeleton } from './listSchema';

/** What a write did to an object, field by field. */
export interface FieldChanges {
  /** Added fields and fields with another value. */
  changed: FieldSet | undefined;
  removed: FieldSet | undefined;
}

/** Compares two states of an object field by field. */
export function compareFields(
  before: unknown,
  after: unknown,
  context: FieldSchemaContext,
  path: readonly string[] = [],
  inItem = false,
): FieldChanges {
  const absent = before === undefined || before === null;
  if (after === undefined || after === null) {
    return {
      changed: undefined,
      removed: absent
        ? undefined
        : fieldSetOf(before, context, { parents: true }, path, inItem),
    };
  }
  const newParts = partsOf(after, path, context);
  const oldParts = absent ? undefined : partsOf(before, path, context);
  if (!newParts || (!absent && !oldParts)) {
    return {
      changed: jsonEqual(before, after)
        ? undefined
        : fieldSetOf(after, context, { parents: true }, path, inItem),
      removed: undefined,
    };
  }
  const changed: FieldSet = {};
  const removed: FieldSet = {};
  const steps = new Set([...newParts.keys(), ...(oldParts?.keys() ?? [])]);
  for (const step of [...steps].sort()) {
    const child = compareFields(
      oldParts?.get(step),
      newParts.get(step),
      context,
      pathBelow(path, step),
      step.startsWith('k:'),
    );
    if (child.changed) changed[step] = child.changed;
    if (child.removed) removed[step] = child.removed;
  }
  const isNew =
    absent && path.length > 0 && (inItem || !isSkeleton(path, context));
  if (isNew && Object.keys(changed).length > 0) {
    return { changed: { '.': {}, ...changed }, removed: undefined };
  }
  const nonEmpty = (set: FieldSet) =>
    Object.keys(set).length > 0 ? set : undefined;
  return {
    changed: isNew ? {} : nonEmpty(changed),
    removed: nonEmpty(removed),
  };
}
