import { KubernetesObject, ManagedFieldsEntry } from '../model';
import { asList, cloneJson, isObject, JsonObject } from '../objects/json';
import { StatusCause, StatusError } from '../objects/StatusError';
import { compareFields } from './compareFields';
import {
  difference,
  fieldPaths,
  FieldSet,
  fieldSetOf,
  intersection,
  partsOf,
  pathBelow,
  union,
} from './fieldSet';
import { FieldSchemaContext } from './listSchema';
import { trackedPart } from './managedFields';

/** Lays an applied configuration over the live value. */
function overlay(
  live: unknown,
  config: unknown,
  context: FieldSchemaContext,
  path: readonly string[],
): unknown {
  if (config === null || config === undefined) return live;
  const configParts = partsOf(config, path, context);
  const liveParts = partsOf(live, path, context);
  if (!configParts || !liveParts) return cloneJson(config);
  const merged = new Map(liveParts);
  for (const [step, value] of configParts) {
    merged.set(
      step,
      overlay(liveParts.get(step), value, context, pathBelow(path, step)),
    );
  }
  if (Array.isArray(config)) return [...merged.values()];
  const result: JsonObject = isObject(live) ? { ...live } : {};
  for (const [step, value] of merged) result[step.slice(2)] = value;
  return result;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length === 0
    : isObject(value) && Object.keys(value).length === 0;
}

/** An item that others hold on to keeps the fields that name it. */
function withoutKeys(step: string, unwanted: FieldSet): FieldSet | undefined {
  if (!step.startsWith('k:')) return unwanted;
  const keys = Object.keys(JSON.parse(step.slice(2)));
  return difference(
    unwanted,
    Object.fromEntries(keys.map(key => [`f:${key}`, {}])),
  );
}

/**
 * Takes the given fields out, except where somebody else owns what lies below.
 * Lists and maps that become empty go as well.
 */
function prune(
  value: unknown,
  unwanted: FieldSet,
  others: FieldSet | undefined,
  context: FieldSchemaContext,
  path: readonly string[],
): unknown {
  const parts = partsOf(value, path, context);
  if (!parts) return value;
  const kept = new Map(parts);
  for (const [step, node] of Object.entries(unwanted)) {
    if (step === '.' || !parts.has(step)) continue;
    const member = '.' in node || Object.keys(node).length === 0;
    if (member && !others?.[step]) {
      kept.delete(step);
      continue;
    }
    const part = prune(
      parts.get(step),
      withoutKeys(step, node) ?? {},
      others?.[step],
      context,
      pathBelow(path, step),
    );
    if (isEmpty(part) && !isEmpty(parts.get(step))) kept.delete(step);
    else kept.set(step, part);
  }
  if (Array.isArray(value)) return [...kept.values()];
  const result: JsonObject = { ...(value as JsonObject) };
  for (const step of parts.keys()) {
    if (kept.has(step)) result[step.slice(2)] = kept.get(step);
    else delete result[step.slice(2)];
  }
  return result;
}

function conflictError(causes: StatusCause[]): StatusError {
  const byManager = new Map<string, string[]>();
  for (const { message, field } of causes) {
    byManager.set(message, [...(byManager.get(message) ?? []), field]);
  }
  const texts = [...byManager].map(([message, fields]) =>
    fields.length === 1
      ? `${message}: ${fields[0]}`
      : `${message.replace(/^conflict/, 'conflicts')}:\n${fields
          .map(field => `- ${field}`)
          .join('\n')}`,
  );
  const count =
    causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`;
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${count}: ${texts.join('\n')}`,
    details: { causes },
  });
}

function conflictsWith(
  entry: ManagedFieldsEntry,
  changed: FieldSet | undefined,
): StatusCause[] {
  const where = entry.subresource
    ? ` with subresource "${entry.subresource}"`
    : '';
  return fieldPaths(intersection(entry.fieldsV1 as FieldSet, changed)).map(
    field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${JSON.stringify(entry.manager)}${where} using ${
        entry.apiVersion
      }`,
      field,
    }),
  );
}

/**
 * Server-side apply: the configuration is merged into the live object, fields
 * that the manager applied before and left out now are removed, unless they
 * have another owner.
 *
 * @throws StatusError 409 with a cause for every field that another manager
 * owns with another value, unless forced
 */
export function serverSideApply(options: {
  live: KubernetesObject;
  config: KubernetesObject;
  manager: string;
  subresource?: string;
  force: boolean;
  context: FieldSchemaContext;
}): KubernetesObject {
  const { live, config, manager, subresource, force, context } = options;
  const merged = overlay(live, config, context, []) as KubernetesObject;
  const isOwn = (entry: ManagedFieldsEntry) =>
    entry.manager === manager &&
    entry.operation === 'Apply' &&
    entry.subresource === subresource;
  const entries = asList(live.metadata.managedFields) as ManagedFieldsEntry[];
  const others = entries.filter(entry => !isOwn(entry));
  if (!force) {
    const { changed } = compareFields(
      trackedPart(live),
      trackedPart(merged),
      context,
    );
    const causes = others.flatMap(entry => conflictsWith(entry, changed));
    if (causes.length > 0) throw conflictError(causes);
  }
  const before = entries.find(isOwn)?.fieldsV1 as FieldSet | undefined;
  const after = fieldSetOf(trackedPart(config), context, { parents: false });
  const ownedByOthers = others.reduce<FieldSet | undefined>(
    (set, entry) => union(set, entry.fieldsV1 as FieldSet),
    undefined,
  );
  const unwanted = difference(difference(before, after), ownedByOthers);
  return unwanted
    ? (prune(
        merged,
        unwanted,
        union(ownedByOthers, after),
        context,
        [],
      ) as KubernetesObject)
    : merged;
}
