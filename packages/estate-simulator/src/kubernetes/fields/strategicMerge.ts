import {
  asList,
  cloneJson,
  isObject,
  jsonEqual,
  JsonObject,
} from '../objects/json';
import { badRequest } from '../objects/StatusError';
import { FieldSchemaContext, listTypeOf } from './listSchema';

const directive = '$patch';
const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';
const retainKeys = '$retainKeys';

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).filter(([field]) => !field.startsWith('$')),
  );
}

/** Strips directives below values that are taken over as a whole. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return cloneJson(value);
  return Object.fromEntries(
    Object.entries(withoutDirectives(value))
      .filter(([, child]) => child !== null)
      .map(([field, child]) => [field, plain(child)]),
  );
}

function inOrder(
  items: unknown[],
  order: unknown[],
  keyOf: (item: unknown) => unknown,
): unknown[] {
  const keys = order.map(keyOf);
  const rank = (item: unknown) => {
    const index = keys.findIndex(key => jsonEqual(key, keyOf(item)));
    return index < 0 ? keys.length : index;
  };
  // Sorting is stable: what the order does not name stays behind, as it was.
  return [...items].sort((a, b) => rank(a) - rank(b));
}

function mergeList(
  target: unknown[],
  patch: unknown[],
  path: readonly string[],
  context: FieldSchemaContext,
): unknown[] {
  const type = listTypeOf(
    path,
    [...target, ...patch.filter(item => !isReplace(item))],
    context,
  );
  if (type === 'set') {
    return [
      ...target,
      ...patch.filter(item => !target.some(known => jsonEqual(known, item))),
    ];
  }
  if (type === 'atomic' || patch.some(isReplace)) {
    return patch.filter(item => !isReplace(item)).map(plain);
  }
  const [mergeKey] = type.keys;
  const result = [...target];
  for (const item of patch.filter(isObject)) {
    const index = result.findIndex(known =>
      isObject(known) ? jsonEqual(known[mergeKey], item[mergeKey]) : false,
    );
    if (item[directive] === 'delete') {
      if (index >= 0) result.splice(index, 1);
    } else if (index >= 0) {
      result[index] = strategicMerge(result[index], item, context, path);
    } else {
      result.push(plain(item));
    }
  }
  return result;
}

function isReplace(item: unknown): boolean {
  return isObject(item) && item[directive] === 'replace';
}

/**
 * Strategic merge patch: like a JSON merge patch, but lists merge by their
 * keys and directives (`$patch`, `$retainKeys`, `$setElementOrder`,
 * `$deleteFromPrimitiveList`) steer it.
 *
 * @throws StatusError 400 on an unknown directive
 */
export function strategicMerge(
  target: unknown,
  patch: unknown,
  context: FieldSchemaContext,
  path: readonly string[] = [],
): unknown {
  if (!isObject(patch)) return cloneJson(patch);
  if (patch[directive] === 'replace') return plain(patch);
  if (patch[directive] === 'delete') return {};
  if (patch[directive] !== undefined && patch[directive] !== 'merge') {
    throw badRequest(
      `Unknown patch type: ${String(
        patch[directive],
      )}. Valid types are: delete, replace, merge`,
    );
  }
  const result: JsonObject = isObject(target) ? { ...target } : {};
  const retained = patch[retainKeys];
  if (Array.isArray(retained)) {
    for (const field of Object.keys(result)) {
      if (!retained.includes(field)) delete result[field];
    }
  }
  for (const [field, unwanted] of Object.entries(patch)) {
    if (!field.startsWith(deletePrefix)) continue;
    const list = field.slice(deletePrefix.length);
    result[list] = asList(result[list]).filter(
      item => !asList(unwanted).some(other => jsonEqual(item, other)),
    );
  }
  for (const [field, value] of Object.entries(withoutDirectives(patch))) {
    const below = [...path, field];
    if (value === null) delete result[field];
    else if (Array.isArray(value) && Array.isArray(result[field])) {
      result[field] = mergeList(
        result[field] as unknown[],
        value,
        below,
        context,
      );
    } else if (isObject(value) && isObject(result[field])) {
      result[field] = strategicMerge(result[field], value, context, below);
    } else if (isObject(value) && value[directive] === 'delete') {
      delete result[field];
    } else if (Array.isArray(value)) {
      result[field] = value
        .filter(item => !isObject(item) || item[directive] === undefined)
        .map(plain);
    } else {
      result[field] = plain(value);
    }
  }
  for (const [field, order] of Object.entries(patch)) {
    if (!field.startsWith(orderPrefix)) continue;
    const list = field.slice(orderPrefix.length);
    if (!Array.isArray(result[list])) continue;
    const items = result[list] as unknown[];
    const type = listTypeOf([...path, list], items, context);
    if (type === 'atomic') continue;
    const keyOf = (item: unknown) =>
      type !== 'set' && isObject(item) ? item[type.keys[0]] : item;
    result[list] = inOrder(items, asList(order), keyOf);
  }
  return result;
}
