import type {
  ObservedBackend,
  ObservedRoute,
} from '../../../observations/model';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
  texts,
} from '../../read';
import { reduceMetadata } from './metadata';

/** Reduces an HTTPRoute or GRPCRoute. */
export function reduceRoute(
  routeKind: ObservedRoute['routeKind'],
): (object: JsonRecord) => ObservedRoute | undefined {
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    if (!meta || !spec) {
      return undefined;
    }
    return {
      meta,
      routeKind,
      hostnames: texts(spec.hostnames, 64, 253),
      parents: records(spec.parentRefs, 32).flatMap(parent => {
        const name = text(parent.name, 253);
        return name && (parent.kind === undefined || parent.kind === 'Gateway')
          ? [
              {
                name,
                namespace: text(parent.namespace, 253),
                section: text(parent.sectionName, 253),
              },
            ]
          : [];
      }),
      backends: reduceBackends(spec.rules),
      accepted: isAccepted(object.status),
    };
  };
}

function reduceBackends(rules: unknown): ObservedBackend[] {
  const backends = records(rules, 64)
    .flatMap(rule => records(rule.backendRefs, 32))
    .flatMap((backend): ObservedBackend[] => {
      const service = text(backend.name, 253);
      return service &&
        (backend.kind === undefined || backend.kind === 'Service')
        ? [
            {
              service,
              namespace: text(backend.namespace, 253),
              port: integer(backend.port),
              weight: integer(backend.weight),
            },
          ]
        : [];
    });
  const distinct = new Map(backends.map(one => [JSON.stringify(one), one]));
  return [...distinct.values()].slice(0, 128);
}

/** Whether every parent that has an opinion accepts the route. */
function isAccepted(status: unknown): boolean | undefined {
  const accepted = records(record(status)?.parents, 32).flatMap(parent =>
    records(parent.conditions, 16).filter(
      condition => condition.type === 'Accepted',
    ),
  );
  return accepted.length
    ? accepted.every(condition => condition.status === 'True')
    : undefined;
}
