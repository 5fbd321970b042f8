import type { ObservedAutoscaler } from '../../../observations/model';
import { integer, type JsonRecord, record, text } from '../../read';
import { reduceMetadata } from './metadata';

export function reduceHorizontalPodAutoscaler(
  object: JsonRecord,
): ObservedAutoscaler | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  const target = record(spec?.scaleTargetRef);
  const kind = text(target?.kind, 63);
  const name = text(target?.name, 253);
  const max = integer(spec?.maxReplicas);
  if (!meta || !spec || !kind || !name || max === undefined) {
    return undefined;
  }
  return { meta, target: { kind, name }, min: integer(spec.minReplicas), max };
}
