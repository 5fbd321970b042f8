/** Types of expressions, as far as policy tells them apart. */
export type CelType =
  | 'bool'
  | 'double'
  | 'int'
  | 'string'
  | 'timestamp'
  | 'duration'
  | 'null'
  | 'dyn'
  | { list: CelType }
  | { map: CelType }
  | { fields: Readonly<Record<string, CelType>>; title: string };

export function isFields(
  type: CelType,
): type is Extract<CelType, { fields: unknown }> {
  return typeof type === 'object' && 'fields' in type;
}

export function isMap(
  type: CelType,
): type is Extract<CelType, { map: unknown }> {
  return typeof type === 'object' && 'map' in type;
}

export function isList(
  type: CelType,
): type is Extract<CelType, { list: unknown }> {
  return typeof type === 'object' && 'list' in type;
}

/** For people. */
export function describeType(type: CelType): string {
  if (isList(type)) {
    return `a list of ${describeType(type.list)}`;
  }
  if (isMap(type)) {
    return 'a map';
  }
  if (isFields(type)) {
    return type.title;
  }
  const words: Record<string, string> = {
    bool: 'true or false',
    double: 'a number',
    int: 'a whole number',
    string: 'a text',
    timestamp: 'a time',
    duration: 'a duration',
    null: 'null',
    dyn: 'anything',
  };
  return words[type];
}
