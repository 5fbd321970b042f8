import { RawEntity, valueAt } from '../document/CatalogDocument';
import { CatalogKind, ReferenceField } from '../model/CatalogKinds';
import { ParsedRef, parseEntityRef } from './entityRef';

/** One text in a reference field, and what it parses to. */
export interface ReferenceText {
  field: ReferenceField;
  path: (string | number)[];
  text: string;
  parsed: ParsedRef;
}

/** All texts in the reference fields of an entity. What is no text is the schema's concern. */
export function readReferences(
  entity: RawEntity,
  kind: CatalogKind,
  namespace: string,
): ReferenceText[] {
  const found: ReferenceText[] = [];
  for (const field of kind.relationFields) {
    const path = field.path.split('.');
    const value = valueAt(entity, path);
    const defaults = {
      kind: field.defaultKind,
      namespace: field.defaultNamespace === 'default' ? 'default' : namespace,
    };
    const add = (text: unknown, at: (string | number)[]) => {
      if (typeof text === 'string' && text !== '') {
        found.push({
          field,
          path: at,
          text,
          parsed: parseEntityRef(text, defaults),
        });
      }
    };
    if (Array.isArray(value)) {
      value.forEach((item, at) => add(item, [...path, at]));
    } else {
      add(value, path);
    }
  }
  return found;
}
