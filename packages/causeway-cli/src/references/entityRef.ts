/** The three parts of a reference. */
export interface CompoundRef {
  kind: string;
  namespace: string;
  name: string;
}

/** A parsed reference, or what is wrong with its form. */
export type ParsedRef =
  | { ref: CompoundRef; problem?: undefined }
  | { ref?: undefined; problem: string; help?: string };

const form = '[<kind>:][<namespace>/]<name>';

/**
 * Parses an entity reference as the catalog does. (The catalog's own function
 * lives in a package that takes 110 ms to load; a property test compares the two.)
 */
export function parseEntityRef(
  text: string,
  defaults: { kind?: string; namespace: string },
): ParsedRef {
  let colon = text.indexOf(':');
  const slash = text.indexOf('/');
  if (slash !== -1 && slash < colon) {
    colon = -1;
  }
  const kind = colon === -1 ? defaults.kind : text.slice(0, colon);
  const namespace =
    slash === -1 ? defaults.namespace : text.slice(colon + 1, slash);
  const name = text.slice(Math.max(colon + 1, slash + 1));
  if (kind === '' || namespace === '' || name === '') {
    return { problem: `"${text}" is not of the form ${form}` };
  }
  if (!kind) {
    return {
      problem: `"${text}" names no kind, and this field has no default kind`,
      help: `Write component:${text} or resource:${text}.`,
    };
  }
  return { ref: { kind, namespace, name } };
}

/** The form under which the catalog compares references: letter case does not count. */
export function refKey(ref: CompoundRef): string {
  return `${ref.kind}:${ref.namespace}/${ref.name}`.toLowerCase();
}

/** A reference for people: as it was written, `default` left out. */
export function displayRef(ref: CompoundRef): string {
  const kind = ref.kind.toLowerCase();
  return ref.namespace.toLowerCase() === 'default'
    ? `${kind}:${ref.name}`
    : `${kind}:${ref.namespace}/${ref.name}`;
}
