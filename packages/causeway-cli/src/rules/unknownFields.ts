import { DocumentPath, isMapping, valueAt } from '../document/CatalogDocument';
import { likelySpelling } from '../model/spelling';
import { DocumentContext } from './rule';
import { knownFields } from './schemaRule';

/** A field that the kind's schema does not declare. */
export interface UnknownField {
  path: DocumentPath;
  field: string;
  /** A declared field that is not there and that it resembles. */
  likely?: string;
}

/** Fields of metadata that the catalog knows without the schema's saying so. */
const alsoInMetadata = ['generation'];

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
  const known = knownFields(kind.found!.jsonSchema, path);
  // Labels and annotations are open maps; other rules know their keys.
  const open =
    path.length === 2 && (path[1] === 'labels' || path[1] === 'annotations');
  if (!isMapping(value) || !known || open) {
    return;
  }
  // `spec.parameters` of a template and the like: the schema says only "a mapping".
  const absent = known.filter(field => !(field in value));
  for (const field of Object.keys(value)) {
    if (known.includes(field)) {
      collect(context, [...path, field], found);
    } else if (!(path[0] === 'metadata' && alsoInMetadata.includes(field))) {
      found.push({
        path: [...path, field],
        field,
        likely: likelySpelling(field, absent),
      });
    }
  }
}
