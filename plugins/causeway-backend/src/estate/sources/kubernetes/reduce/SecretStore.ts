import type { ObservedSecretStore } from '../../../observations/model';
import { type JsonRecord, record, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

/** Reduces a SecretStore or ClusterSecretStore: of its provider only the name is kept. */
export function reduceSecretStore(
  storeKind: ObservedSecretStore['storeKind'],
): (object: JsonRecord) => ObservedSecretStore | undefined {
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    if (!meta || !spec) {
      return undefined;
    }
    return {
      meta,
      storeKind,
      provider: text(Object.keys(record(spec.provider) ?? {})[0], 63),
      conditions: reduceConditions(record(object.status)?.conditions),
    };
  };
}
