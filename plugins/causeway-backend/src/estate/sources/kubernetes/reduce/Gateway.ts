import type { ObservedGateway } from '../../../observations/model';
import { integer, type JsonRecord, record, records, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

export function reduceGateway(object: JsonRecord): ObservedGateway | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  const status = record(object.status);
  const addresses = records(status?.addresses, 16).flatMap(
    address => text(address.value, 253) ?? [],
  );
  return {
    meta,
    className: text(spec.gatewayClassName, 253),
    listeners: records(spec.listeners, 64).flatMap(listener => {
      const name = text(listener.name, 253);
      const port = integer(listener.port);
      return name && port !== undefined
        ? [
            {
              name,
              protocol: text(listener.protocol, 64) ?? '',
              port,
              hostname: text(listener.hostname, 253),
            },
          ]
        : [];
    }),
    addresses: addresses.length ? addresses : undefined,
    conditions: reduceConditions(status?.conditions),
  };
}
