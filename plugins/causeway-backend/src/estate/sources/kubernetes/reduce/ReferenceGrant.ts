import type { ObservedReferenceGrant } from '../../../observations/model';
import { type JsonRecord, record, records, text } from '../../read';
import { reduceMetadata } from './metadata';

export function reduceReferenceGrant(
  object: JsonRecord,
): ObservedReferenceGrant | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  return {
    meta,
    from: records(spec.from, 64).flatMap(one => {
      const kind = text(one.kind, 63);
      const namespace = text(one.namespace, 253);
      return kind && namespace ? [{ kind, namespace }] : [];
    }),
    to: records(spec.to, 64).flatMap(one => {
      const kind = text(one.kind, 63);
      return kind ? [{ kind, name: text(one.name, 253) }] : [];
    }),
  };
}
