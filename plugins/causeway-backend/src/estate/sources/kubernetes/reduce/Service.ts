import type { ObservedService } from '../../../observations/model';
import {
  integer,
  intOrText,
  type JsonRecord,
  record,
  records,
  text,
  textMap,
} from '../../read';
import { reduceMetadata } from './metadata';

export function reduceService(object: JsonRecord): ObservedService | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  return {
    meta,
    type: text(spec.type, 32) ?? 'ClusterIP',
    selector: textMap(spec.selector, { length: 253 }),
    ports: records(spec.ports, 64).flatMap(entry => {
      const port = integer(entry.port);
      return port === undefined
        ? []
        : [
            {
              name: text(entry.name, 63),
              port,
              targetPort: intOrText(entry.targetPort, 63),
            },
          ];
    }),
  };
}
