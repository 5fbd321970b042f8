import type { ObservedDisruptionBudget } from '../../../observations/model';
import { intOrText, type JsonRecord, record } from '../../read';
import { reduceLabelSelector } from './labelSelector';
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
    selector: reduceLabelSelector(spec.selector),
    minAvailable: intOrText(spec.minAvailable, 16),
    maxUnavailable: intOrText(spec.maxUnavailable, 16),
  };
}
