import { DocumentPath, isMapping, valueAt } from '../document/CatalogDocument';
import { likelySpelling } from '../model/spelling';
import { DocumentContext } from './rule';
import { knownFields, schemaAt } from './schemaRule';

/** A field that the kind's schema does not declare. */
export interface UnknownField {
  path: DocumentPath;
  field: string;
  /** A declared field that is not there and that it resembles. */
  likely?: string;
}

/** Fields that Backstage reads without the schema's saying so, by the way to them; reference fields are known anyway. */
const alsoRead: Record<string, readonly string[]> = {
  metadata: ['generation'],
  // The scaffolder runs the step for each item.
  'spec.steps.*': ['each'],
};

/** Every field of metadata and spec that the schema does not declare. */
export function unknownFields(context: DocumentContext): UnknownField[] {
  if (!context.kind.found) {
    return [];
  }
  const found: UnknownField[] = [];
  collect(context, ['metadata'], found);
  collect(context, ['spec'], found);
  return found;
}

function collect(
  context: DocumentContext,
  path: (string | number)[],
  found: UnknownField[],
): void {
  const { entity, kind } = context;
  const value = valueAt(entity, path);
  if (Array.isArray(value)) {
    value.forEach((_, at) => collect(context, [...path, at], found));
    return;
  }
  const schema = schemaAt(kind.found!.jsonSchema, path);
  const declared = knownFields(kind.found!.jsonSchema, path);
  // Labels and annotations are open maps; other rules know their keys.
  const open =
    isMapping(schema?.additionalProperties) ||
    (path.length === 2 && (path[1] === 'labels' || path[1] === 'annotations'));
  if (!isMapping(value) || !declared || open) {
    return;
  }
  const known = [...declared, ...readAnyway(context, path)];
  // `spec.parameters` of a template and the like: the schema says only "a mapping".
  const absent = known.filter(field => !(field in value));
  for (const field of Object.keys(value)) {
    if (known.includes(field)) {
      collect(context, [...path, field], found);
    } else {
      found.push({
        path: [...path, field],
        field,
        likely: likelySpelling(field, absent),
      });
    }
  }
}

function readAnyway(
  { kind }: DocumentContext,
  path: readonly (string | number)[],
): string[] {
  const way = path
    .map(step => (typeof step === 'number' ? '*' : step))
    .join('.');
  const references = kind
    .found!.relationFields.filter(field => field.path.startsWith(`${way}.`))
    .map(field => field.path.slice(way.length + 1).split('.')[0]);
  return [...(alsoRead[way] ?? []), ...references];
}
