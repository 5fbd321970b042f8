import { KubernetesObject, ManagedFieldsEntry } from '../model';
import { isObject, jsonEqual } from '../objects/json';
import { compareFields } from './compareFields';
import { difference, FieldSet, fieldSetOf, union } from './fieldSet';
import { FieldSchemaContext } from './listSchema';

/** Who writes, and what `managedFields` shall say about it. */
export interface FieldWriter {
  manager: string;
  operation: 'Apply' | 'Update';
  subresource?: string;
  apiVersion: string;
  /** Creation time of the entry, RFC 3339. */
  time: string;
  /** The applied configuration, for `Apply`: its fields are owned even where nothing changed. */
  applied?: unknown;
}

const untrackedMetadata = new Set([
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
]);

/** The part of an object whose ownership is tracked. */
export function trackedPart(object: unknown): Record<string, unknown> {
  if (!isObject(object)) return {};
  const { apiVersion, kind, metadata, ...rest } = object;
  const kept = isObject(metadata)
    ? Object.fromEntries(
        Object.entries(metadata).filter(
          ([field]) => !untrackedMetadata.has(field),
        ),
      )
    : {};
  return { metadata: kept, ...rest };
}

const interned = new Map<string, FieldSet>();
const maxInterned = 10_000;

/** One shared tree for equal sets: thousands of objects have the same owners. */
export function intern(set: FieldSet): FieldSet {
  const key = JSON.stringify(set);
  const known = interned.get(key);
  if (known) return known;
  if (interned.size >= maxInterned) interned.clear();
  interned.set(key, set);
  return set;
}

function sameEntry(entry: ManagedFieldsEntry, writer: FieldWriter): boolean {
  return (
    entry.manager === writer.manager &&
    entry.operation === writer.operation &&
    entry.apiVersion === writer.apiVersion &&
    entry.subresource === writer.subresource
  );
}

/**
 * The managed fields after a write: the writer comes to own what it changed
 * (and, when it applies, all that it applied); others lose what was changed
 * under them; what is gone belongs to nobody.
 */
export function updateManagedFields(options: {
  before: KubernetesObject | undefined;
  after: KubernetesObject;
  writer: FieldWriter;
  context: FieldSchemaContext;
}): ManagedFieldsEntry[] {
  const { before, after, writer, context } = options;
  const entries = before?.metadata.managedFields ?? [];
  const { changed, removed } = before
    ? compareFields(trackedPart(before), trackedPart(after), context)
    : {
        changed: fieldSetOf(trackedPart(after), context, { parents: true }),
        removed: undefined,
      };
  const own = entries.find(entry => sameEntry(entry, writer));
  const ownBefore = own?.fieldsV1 as FieldSet | undefined;
  const ownAfter =
    writer.operation === 'Apply'
      ? fieldSetOf(trackedPart(writer.applied ?? after), context, {
          parents: false,
        })
      : union(difference(ownBefore, removed), changed);

  const result: ManagedFieldsEntry[] = [];
  for (const entry of entries) {
    if (entry === own) continue;
    const left = difference(
      difference(entry.fieldsV1 as FieldSet, changed),
      removed,
    );
    if (left) result.push({ ...entry, fieldsV1: intern(left) });
  }
  if (ownAfter) {
    const touched = !own || !jsonEqual(ownBefore, ownAfter) || changed;
    result.push({
      manager: writer.manager,
      operation: writer.operation,
      apiVersion: writer.apiVersion,
      time: touched ? writer.time : own.time,
      fieldsType: 'FieldsV1',
      fieldsV1: intern(ownAfter),
      ...(writer.subresource ? { subresource: writer.subresource } : {}),
    });
  }
  const order = (entry: ManagedFieldsEntry) =>
    `${entry.operation} ${entry.time ?? ''} ${entry.manager}`;
  return result.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
