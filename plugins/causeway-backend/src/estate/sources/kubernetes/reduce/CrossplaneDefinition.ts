import type { ObservedCrossplaneDefinition } from '../../../observations/model';
import { type JsonRecord, record, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

/** Reduces a CompositeResourceDefinition of version 1 or 2. */
export function reduceCrossplaneDefinition(
  object: JsonRecord,
): ObservedCrossplaneDefinition | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  const group = text(spec?.group, 253);
  const kind = text(record(spec?.names)?.kind, 63);
  if (!meta || !spec || !group || !kind) {
    return undefined;
  }
  return {
    meta,
    group,
    kind,
    claimKind: text(record(spec.claimNames)?.kind, 63),
    scope: text(spec.scope, 32),
    conditions: reduceConditions(record(object.status)?.conditions),
  };
}
