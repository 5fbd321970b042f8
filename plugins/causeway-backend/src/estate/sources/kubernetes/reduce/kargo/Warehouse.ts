import type { ObservedKargoWarehouse } from '../../../../observations/model';
import { withoutUserInfo } from '../../../argocd/reduce/withoutUserInfo';
import { type JsonRecord, record, records, text } from '../../../read';
import { reduceConditions } from '../conditions';
import { reduceMetadata } from '../metadata';

const kinds = ['git', 'image', 'chart'] as const;

/** Reduces a Kargo Warehouse. */
export function reduceKargoWarehouse(
  object: JsonRecord,
): ObservedKargoWarehouse | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  return {
    meta,
    shard: text(spec.shard, 63),
    subscriptions: records(spec.subscriptions, 64).flatMap(subscription =>
      kinds.flatMap(kind => {
        const written = text(record(subscription[kind])?.repoURL, 512);
        const address = written && withoutUserInfo(written);
        return address ? [{ kind, address }] : [];
      }),
    ),
    conditions: reduceConditions(record(object.status)?.conditions),
  };
}
