import { KubernetesObject } from '../kubernetes/model';
import { asObject, asObjects, asText, withoutPointers } from './json';
import { ResourceId, resourceIdOf } from './resource';

/**
 * JSON pointers of the desired fields that the live object does not have so.
 * What the live object has beyond them (defaults, status, other managers'
 * labels) is no difference; a list must have the same length.
 */
export function differences(
  desired: unknown,
  live: unknown,
  pointer = '',
): string[] {
  if (Array.isArray(desired)) {
    if (!Array.isArray(live) || live.length !== desired.length) {
      return [pointer];
    }
    return desired.flatMap((item, index) =>
      differences(item, live[index], `${pointer}/${index}`),
    );
  }
  if (typeof desired === 'object' && desired !== null) {
    if (typeof live !== 'object' || live === null) {
      return Object.keys(desired).length === 0 ? [] : [pointer];
    }
    return Object.entries(desired).flatMap(([field, value]) =>
      differences(
        value,
        (live as Record<string, unknown>)[field],
        `${pointer}/${field.replace(/~/g, '~0').replace(/\//g, '~1')}`,
      ),
    );
  }
  return desired === live ? [] : [pointer];
}

/** JSON pointers that an Application's `ignoreDifferences` leave out of an object. */
export function ignoredPointers(
  application: KubernetesObject,
  id: ResourceId,
): string[] {
  const matches = (pattern: unknown, value: string | undefined) => {
    const text = asText(pattern);
    return text === undefined || text === '' || text === '*' || text === value;
  };
  return asObjects(asObject(application.spec).ignoreDifferences)
    .filter(
      rule =>
        (asText(rule.group) ?? '') === id.group &&
        rule.kind === id.kind &&
        matches(rule.name, id.name) &&
        matches(rule.namespace, id.namespace),
    )
    .flatMap(rule =>
      Array.isArray(rule.jsonPointers)
        ? rule.jsonPointers.filter(entry => typeof entry === 'string')
        : [],
    );
}

/** Whether the live object is what Git wants, but for what is ignored. */
export function inSync(
  application: KubernetesObject,
  desired: KubernetesObject,
  live: KubernetesObject,
): boolean {
  const wanted = withoutPointers(
    desired,
    ignoredPointers(application, resourceIdOf(desired)),
  );
  return differences(wanted, live).length === 0;
}
