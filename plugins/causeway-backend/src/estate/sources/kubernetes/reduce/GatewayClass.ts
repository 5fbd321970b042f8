import type { ObservedGatewayClass } from '../../../observations/model';
import { type JsonRecord, record, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

export function reduceGatewayClass(
  object: JsonRecord,
): ObservedGatewayClass | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  const controller = text(spec?.controllerName, 253);
  return meta && spec && controller
    ? {
        meta,
        controller,
        description: text(spec.description, 128),
        conditions: reduceConditions(record(object.status)?.conditions),
      }
    : undefined;
}
