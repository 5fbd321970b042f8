import { isObject } from '../objects/json';
import {
  FieldSchemaContext,
  isAtomicMap,
  isSkeleton,
  listItemKey,
  listTypeOf,
} from './listSchema';

/**
 * A set of fields in the form of `fieldsV1`: `f:` a field, `k:` an item of a
 * keyed list, `v:` an item of a set, `.` the parent itself. An empty node is a
 * member; `undefined` stands for the empty set.
 */
export interface FieldSet {
  [step: string]: FieldSet;
}

function isMember(node: FieldSet): boolean {
  return '.' in node || Object.keys(node).length === 0;
}

function build(
  member: boolean,
  children: [string, FieldSet | undefined][],
): FieldSet | undefined {
  const node: FieldSet = {};
  if (member) node['.'] = {};
  let count = 0;
  for (const [step, child] of children) {
    if (child) {
      node[step] = child;
      count++;
    }
  }
  if (count > 0) return node;
  return member ? {} : undefined;
}

function childrenOf(node: FieldSet): [string, FieldSet][] {
  return Object.entries(node).filter(([step]) => step !== '.');
}

/** Fields in either set. */
export function union(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
): FieldSet | undefined {
  if (!a || !b) return a ?? b;
  const steps = new Set([
    ...childrenOf(a).map(([step]) => step),
    ...childrenOf(b).map(([step]) => step),
  ]);
  return build(
    isMember(a) || isMember(b),
    [...steps].sort().map(step => [step, union(a[step], b[step])]),
  );
}

/** Fields in the first set and not in the second. */
export function difference(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
): FieldSet | undefined {
  if (!a || !b) return a;
  return build(
    isMember(a) && !isMember(b),
    childrenOf(a).map(([step, child]) => [step, difference(child, b[step])]),
  );
}

/** Fields in both sets. */
export function intersection(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
): FieldSet | undefined {
  if (!a || !b) return undefined;
  return build(
    isMember(a) && isMember(b),
    childrenOf(a).map(([step, child]) => [step, intersection(child, b[step])]),
  );
}

/** The members as paths, as the API words them in conflicts: `.spec.replicas`. */
export function fieldPaths(set: FieldSet | undefined, prefix = ''): string[] {
  if (!set) return [];
  const own = prefix && isMember(set) ? [prefix] : [];
  return own.concat(
    childrenOf(set).flatMap(([step, child]) => {
      if (step.startsWith('f:')) {
        return fieldPaths(child, `${prefix}.${step.slice(2)}`);
      }
      if (step.startsWith('k:')) {
        const keys = Object.entries(JSON.parse(step.slice(2)))
          .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
          .join(',');
        return fieldPaths(child, `${prefix}[${keys}]`);
      }
      return fieldPaths(child, `${prefix}[=${step.slice(2)}]`);
    }),
  );
}

/** The parts of a value that field sets tell apart, by step; `undefined` for a leaf. */
export function partsOf(
  value: unknown,
  path: readonly string[],
  context: FieldSchemaContext,
): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const list = listTypeOf(path, value, context);
    if (list === 'atomic') return undefined;
    return new Map(
      value.map(item => [
        list === 'set'
          ? `v:${JSON.stringify(item)}`
          : listItemKey(item, list.keys),
        item,
      ]),
    );
  }
  if (isObject(value) && !isAtomicMap(path, context)) {
    const parts = new Map<string, unknown>();
    for (const field of Object.keys(value)) {
      const child = value[field];
      if (child !== null && child !== undefined) parts.set(`f:${field}`, child);
    }
    return parts;
  }
  return undefined;
}

/** The path below a step: only fields count, list items keep their list's path. */
export function pathBelow(path: readonly string[], step: string): string[] {
  return step.startsWith('f:') ? [...path, step.slice(2)] : [...path];
}

/**
 * All fields of a value. Appliers own leaves and the items of keyed lists
 * (`parents: false`); writers of whole objects own the maps that they bring
 * into being as well.
 */
export function fieldSetOf(
  value: unknown,
  context: FieldSchemaContext,
  options: { parents: boolean },
  path: readonly string[] = [],
  inItem = false,
): FieldSet | undefined {
  if (value === null || value === undefined) return undefined;
  const parts = partsOf(value, path, context);
  if (!parts || parts.size === 0) {
    return isSkeleton(path, context) ? undefined : {};
  }
  const isParent =
    path.length > 0 && options.parents && !isSkeleton(path, context);
  return build(
    isParent || inItem,
    [...parts.keys()]
      .sort()
      .map(step => [
        step,
        fieldSetOf(
          parts.get(step),
          context,
          options,
          pathBelow(path, step),
          step.startsWith('k:'),
        ),
      ]),
  );
}
