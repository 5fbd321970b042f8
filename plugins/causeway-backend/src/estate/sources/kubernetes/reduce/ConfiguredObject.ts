import type {
  ObservedConfiguredObject,
  ObservedObjectReference,
} from '../../../observations/model';
import { type JsonRecord, list, record, text } from '../../read';
import type {
  ConfiguredKind,
  ConfiguredRelation,
} from '../../config/parseConfiguredKinds';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';
import { reduceObjectReference } from './objectReference';

const maxValue = 253;

const maxReferences = 64;

/** Reduces an object of a configured kind: metadata, conditions, and the paths that the configuration names. */
export function reduceConfiguredObject(
  kind: ConfiguredKind,
): (object: JsonRecord) => ObservedConfiguredObject | undefined {
  return object => {
    const meta = reduceMetadata(object);
    if (!meta) {
      return undefined;
    }
    const fields = Object.entries(kind.fields).flatMap(([name, path]) => {
      const value = readScalar(object, path);
      return value === undefined ? [] : [[name, value] as const];
    });
    const references = kind.relations.flatMap(relation =>
      readPath(object, relation.path)
        .flatMap(value => readReference(value, relation) ?? [])
        .map(reference => ({ ...reference, relation: relation.type })),
    );
    return {
      meta,
      group: kind.group,
      // Objects of Kubernetes' own kinds do not tell it in a list.
      kind: text(object.kind, 63) ?? kind.resource.replace(/s$/, ''),
      type: kind.type,
      title: kind.title,
      owner: kind.owner,
      fields: fields.length ? Object.fromEntries(fields) : undefined,
      references: references.length
        ? references.slice(0, maxReferences)
        : undefined,
      conditions: kind.conditions
        ? reduceConditions(record(object.status)?.conditions)
        : undefined,
    };
  };
}

/** What stands at a path; of a list on the way, every entry. */
function readPath(object: JsonRecord, path: string): unknown[] {
  let found: unknown[] = [object];
  for (const step of path.split('.')) {
    found = found
      .flatMap(value => (Array.isArray(value) ? list(value, 64) : [value]))
      .flatMap(value => {
        const here = record(value);
        return here && Object.hasOwn(here, step) ? [here[step]] : [];
      })
      .slice(0, maxReferences);
  }
  return found.flatMap(value =>
    Array.isArray(value) ? list(value, 64) : [value],
  );
}

function readScalar(
  object: JsonRecord,
  path: string,
): string | number | boolean | undefined {
  const [value] = readPath(object, path);
  if (typeof value === 'boolean') {
    return value;
  }
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : text(value, maxValue);
}

function readReference(
  value: unknown,
  { kind, group }: ConfiguredRelation,
): ObservedObjectReference | undefined {
  return typeof value === 'string'
    ? reduceObjectReference({ name: value, kind, apiGroup: group })
    : reduceObjectReference(value, { kind, group });
}
