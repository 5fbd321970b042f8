import type {
  ObservedBackend,
  ObservedCondition,
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
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';

/** Reduces a route of the Gateway API. */
export function reduceRoute(
  routeKind: ObservedRoute['routeKind'],
): (object: JsonRecord) => ObservedRoute | undefined {
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    if (!meta || !spec) {
      return undefined;
    }
    const conditions = reduceParents(object.status);
    const accepted = conditions.find(({ type }) => type === 'Accepted');
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
      accepted: accepted && accepted.status === 'True',
      conditions: conditions.length ? conditions : undefined,
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

/** What parents say of a route: of each type what is worst, and what holds if nothing is. */
function reduceParents(status: unknown): ObservedCondition[] {
  const worst = new Map<string, ObservedCondition>();
  for (const parent of records(record(status)?.parents, 32)) {
    for (const condition of reduceConditions(parent.conditions) ?? []) {
      const known = worst.get(condition.type);
      if (!known || (known.status === 'True' && condition.status !== 'True')) {
        worst.set(condition.type, condition);
      }
    }
  }
  return [...worst.values()].slice(0, 16);
}
