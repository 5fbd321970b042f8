import type { ObservedDisruptionBudget } from '../../../observations/model';
import { intOrText, type JsonRecord, record, textMap } from '../../read';
import { reduceMetadata } from './metadata';

export function reducePodDisruptionBudget(
  object: JsonRecord,
): ObservedDisruptionBudget | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  return {
    meta,
    selector: textMap(record(spec.selector)?.matchLabels, { length: 253 }),
    minAvailable: intOrText(spec.minAvailable, 16),
    maxUnavailable: intOrText(spec.maxUnavailable, 16),
  };
}
