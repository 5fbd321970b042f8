import { type JsonRecord, record, text } from '../../read';

/** Field paths are told down to this many steps: `spec.template.spec.containers[web].resources`. */
const pathDepth = 5;

const maxPaths = 48;

/** The paths that a field manager wrote, never a value. */
export function collectFieldPaths(fields: JsonRecord | undefined): string[] {
  const paths: string[] = [];
  collect(fields, '', 0, paths);
  return paths;
}

function collect(
  fields: JsonRecord | undefined,
  prefix: string,
  depth: number,
  paths: string[],
): void {
  const keys =
    depth === pathDepth || fields === undefined ? [] : Object.keys(fields);
  if (keys.length === 0 || (keys.length === 1 && keys[0] === '.')) {
    if (prefix && paths.length < maxPaths) {
      paths.push(prefix);
    }
    return;
  }
  for (const key of keys) {
    if (paths.length >= maxPaths) {
      return;
    }
    if (key.startsWith('f:')) {
      // Labels, annotations and the like are told as a whole.
      const below = prefix === 'metadata' ? undefined : record(fields![key]);
      collect(below, fieldPath(prefix, key), depth + 1, paths);
    } else if (key !== '.') {
      // `k:{"name":"web"}` names an entry of a list, `v:"..."` is its value: only a name is kept.
      collect(
        record(fields![key]),
        `${prefix}[${entryName(key)}]`,
        depth,
        paths,
      );
    }
  }
}

/** So many paths are remembered: nearly all objects of a kind have the same, and need not keep them twice. */
const rememberedPaths = 10_000;

/** Longest name of a field that is remembered. */
const rememberedLength = 128;

const paths = new Map<string, Map<string, string>>();

let remembered = 0;

/** The path of a field below another; `key` is `f:` and its name. */
function fieldPath(prefix: string, key: string): string {
  // What is below a named entry of a list, only that object has.
  if (prefix.includes('[') || key.length > rememberedLength) {
    return joinPath(prefix, key);
  }
  if (remembered >= rememberedPaths) {
    paths.clear();
    remembered = 0;
  }
  let below = paths.get(prefix);
  if (below === undefined) {
    below = new Map();
    paths.set(prefix, below);
  }
  let path = below.get(key);
  if (path === undefined) {
    path = joinPath(prefix, key);
    below.set(key, path);
    remembered += 1;
  }
  return path;
}

function joinPath(prefix: string, key: string): string {
  const step = text(key.slice(2), 128) ?? '';
  return prefix ? `${prefix}.${step}` : step;
}

function entryName(key: string): string {
  if (!key.startsWith('k:') || !key.includes('"name"')) {
    return '';
  }
  try {
    return text(record(JSON.parse(key.slice(2)))?.name, 63) ?? '';
  } catch {
    return '';
  }
}
