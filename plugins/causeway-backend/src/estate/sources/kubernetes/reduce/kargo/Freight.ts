import type { ObservedKargoFreight } from '../../../../observations/model';
import { type JsonRecord, record, text } from '../../../read';
import { reduceMetadata } from '../metadata';
import { reduceArtifacts } from './artifacts';

const aliasLabel = 'kargo.akuity.io/alias';

/** Reduces Freight of Kargo. */
export function reduceKargoFreight(
  object: JsonRecord,
): ObservedKargoFreight | undefined {
  const meta = reduceMetadata(object);
  if (!meta) {
    return undefined;
  }
  const labels = record(record(object.metadata)?.labels);
  return {
    meta,
    ...reduceArtifacts(object, meta.name),
    alias: text(object.alias, 253) ?? text(labels?.[aliasLabel], 253),
  };
}
