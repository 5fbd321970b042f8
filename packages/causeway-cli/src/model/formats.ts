/**
 * The catalog's rules for names, labels, annotations, tags and links. They are
 * written down here because the package that holds them takes 110 ms to load; a
 * property test compares the two.
 */
export function isName(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= 63 &&
    /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(value)
  );
}

/** A DNS label: what a namespace must be. */
export function isNamespace(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= 63 &&
    /^[a-z0-9-]+$/.test(value) &&
    !value.startsWith('-') &&
    !value.endsWith('-')
  );
}

function isDomain(value: string): boolean {
  return (
    value.length >= 1 &&
    value.length <= 253 &&
    value.split('.').every(isNamespace)
  );
}

/** `name` or `domain/name`: what keys of labels and annotations must be. */
export function isQualifiedKey(value: string): boolean {
  const parts = value.split('/');
  return parts.length === 1
    ? isName(parts[0])
    : parts.length === 2 && isDomain(parts[0]) && isName(parts[1]);
}

export function isApiVersion(value: string): boolean {
  const parts = value.split('/');
  const version = parts[parts.length - 1];
  return (
    parts.length <= 2 &&
    /^[a-z0-9A-Z]{1,63}$/.test(version) &&
    (parts.length === 1 || isDomain(parts[0]))
  );
}

export function isKindName(value: string): boolean {
  return value.length <= 63 && /^[a-zA-Z][a-z0-9A-Z]*$/.test(value);
}

export function isLabelValue(value: unknown): boolean {
  return value === '' || isName(value);
}

export function isTag(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= 63 &&
    /^[a-z0-9:+#-]+$/.test(value) &&
    !value.startsWith('-') &&
    !value.endsWith('-') &&
    !value.includes('--')
  );
}

export function isUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}

/** Words for a name that is not one. */
export const nameExpectation =
  'letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63';

/** Words for a namespace that is not one. */
export const namespaceExpectation =
  'lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63';
