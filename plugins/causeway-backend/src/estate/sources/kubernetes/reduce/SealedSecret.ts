import type { ObservedSealedSecret } from '../../../observations/model';
import { type JsonRecord, record, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

/** Reduces a SealedSecret: the name of its Secret and how many keys it has. */
export function reduceSealedSecret(
  object: JsonRecord,
): ObservedSealedSecret | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  const template = record(record(spec.template)?.metadata);
  return {
    meta,
    target: text(template?.name, 253) ?? meta.name,
    keys: Object.keys(record(spec.encryptedData) ?? {}).length,
    conditions: reduceConditions(record(object.status)?.conditions),
  };
}
