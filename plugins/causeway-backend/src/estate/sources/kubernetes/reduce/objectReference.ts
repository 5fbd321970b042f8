import type { ObservedObjectReference } from '../../../observations/model';
import { record, text } from '../../read';

/** The group of `apps/v1`; empty for `v1`. */
export function groupOf(apiVersion: unknown): string {
  const read = text(apiVersion, 317) ?? '';
  const slash = read.indexOf('/');
  return slash < 0 ? '' : read.slice(0, slash);
}

/** A reference with `apiVersion` (or `apiGroup`), `kind`, `name` and maybe `namespace`. */
export function reduceObjectReference(
  value: unknown,
  defaults: { group?: string; kind?: string } = {},
): ObservedObjectReference | undefined {
  const reference = record(value);
  const kind = text(reference?.kind, 63) ?? defaults.kind;
  const name = text(reference?.name, 253);
  if (!reference || !kind || !name) {
    return undefined;
  }
  return {
    group:
      reference.apiVersion === undefined
        ? (text(reference.apiGroup, 253) ?? defaults.group ?? '')
        : groupOf(reference.apiVersion),
    kind,
    name,
    namespace: text(reference.namespace, 253),
  };
}
