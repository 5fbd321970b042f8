import { record } from '../../../estate/sources/read';

/** Way to a field: names of fields, and entries of lists by their `name`. */
export type FieldPath = readonly (string | { name: string })[];

/** The value at the end of a path; `undefined` where there is none. */
export function readPath(object: unknown, path: FieldPath): unknown {
  let value: unknown = object;
  for (const step of path) {
    if (typeof step === 'string') {
      const fields = record(value);
      value = fields && Object.hasOwn(fields, step) ? fields[step] : undefined;
    } else {
      value = Array.isArray(value)
        ? value.find(entry => record(entry)?.name === step.name)
        : undefined;
    }
  }
  return value;
}

/** Steps of the JSON pointer (RFC 6901) to a field of this very object, where entries of lists go by number. */
export function pointerSteps(object: unknown, path: FieldPath): string[] {
  let value: unknown = object;
  return path.map(step => {
    if (typeof step === 'string') {
      value = record(value)?.[step];
      return step;
    }
    const index = Array.isArray(value)
      ? value.findIndex(entry => record(entry)?.name === step.name)
      : -1;
    value = index < 0 ? undefined : (value as unknown[])[index];
    return String(index);
  });
}

/** `spec.template.spec.containers[api].resources.requests.cpu`, as estate facts and plans write paths. */
export function showPath(path: FieldPath): string {
  return path.reduce<string>((shown, step) => {
    if (typeof step !== 'string') {
      return `${shown}[${step.name}]`;
    }
    if (/[./]/.test(step)) {
      return `${shown}[${step}]`;
    }
    return shown ? `${shown}.${step}` : step;
  }, '');
}

/** Names of those who wrote a field, by the object's managed fields. */
export function writersOf(object: unknown, path: FieldPath): string[] {
  const entries = readPath(object, ['metadata', 'managedFields']);
  return (Array.isArray(entries) ? entries : []).flatMap(entry => {
    const { manager, subresource, fieldsV1 } = record(entry) ?? {};
    return typeof manager === 'string' &&
      subresource !== 'status' &&
      owns(fieldsV1, path)
      ? [manager]
      : [];
  });
}

/** Field sets write a field as `f:name` and an entry of a keyed list as `k:{"name":"api"}`. */
function owns(set: unknown, path: FieldPath): boolean {
  let level = record(set);
  for (const step of path) {
    const key = Object.keys(level ?? {}).find(candidate =>
      typeof step === 'string'
        ? candidate === `f:${step}`
        : candidate.startsWith('k:') && keyName(candidate) === step.name,
    );
    if (key === undefined) {
      return false;
    }
    level = record(level![key]);
  }
  return true;
}

function keyName(key: string): unknown {
  try {
    return record(JSON.parse(key.slice(2)))?.name;
  } catch {
    return undefined;
  }
}
