import type { ObservedExternalSecret } from '../../../observations/model';
import { type JsonRecord, list, record, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

/** Reduces an ExternalSecret or ClusterExternalSecret: names and a count, no remote keys. */
export function reduceExternalSecret(
  secretKind: ObservedExternalSecret['secretKind'],
): (object: JsonRecord) => ObservedExternalSecret | undefined {
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    const wanted =
      secretKind === 'ExternalSecret' ? spec : record(spec?.externalSecretSpec);
    if (!meta || !wanted) {
      return undefined;
    }
    const store = record(wanted.secretStoreRef);
    const storeName = text(store?.name, 253);
    return {
      meta,
      secretKind,
      store: storeName
        ? { kind: text(store?.kind, 63) ?? 'SecretStore', name: storeName }
        : undefined,
      target:
        text(record(wanted.target)?.name, 253) ??
        (secretKind === 'ExternalSecret'
          ? meta.name
          : text(spec?.externalSecretName, 253)),
      keys: list(wanted.data, 1000).length + list(wanted.dataFrom, 1000).length,
      conditions: reduceConditions(record(object.status)?.conditions),
    };
  };
}
