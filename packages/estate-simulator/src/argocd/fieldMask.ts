/**
 * Keeps only what a `fields` query names (`items.metadata.name,metadata`), or
 * drops it when the first field starts with `-`. Lists are passed through.
 */
export function maskFields(
  value: unknown,
  fields: string | undefined,
): unknown {
  if (!fields) {
    return value;
  }
  const exclude = fields.startsWith('-');
  const paths = fields
    .replace(/^-/, '')
    .split(',')
    .map(path => path.trim().split('.'));
  return exclude
    ? paths.reduce(drop, value)
    : keep(
        value,
        paths.filter(path => path.length > 0),
      );
}

function keep(value: unknown, paths: string[][]): unknown {
  if (paths.some(path => path.length === 0)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(item => keep(item, paths));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept: Record<string, unknown> = {};
  for (const [field, child] of Object.entries(value)) {
    const below = paths
      .filter(path => path[0] === field)
      .map(path => path.slice(1));
    if (below.length > 0) {
      kept[field] = keep(child, below);
    }
  }
  return kept;
}

function drop(value: unknown, path: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map(item => drop(item, path));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [field, ...rest] = path;
  const { [field]: child, ...others } = value as Record<string, unknown>;
  return rest.length === 0 || child === undefined
    ? others
    : { ...others, [field]: drop(child, rest) };
}
