import type { ObservedNamespace } from '../../../observations/model';
import { type JsonRecord, record, text } from '../../read';
import { reduceMetadata } from './metadata';

export function reduceNamespace(
  object: JsonRecord,
): ObservedNamespace | undefined {
  const meta = reduceMetadata(object);
  return meta && { meta, phase: text(record(object.status)?.phase, 32) };
}
