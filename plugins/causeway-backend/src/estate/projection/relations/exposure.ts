import type { ObservedBackend } from '../../observations/model';
import { placeKey } from '../sortObservations';
import type { Subject } from '../subjects';
import type { World } from '../World';
import type { InferredEdge, RelationRule } from './model';
import { readGrants, type Grants } from './referenceGrants';

/** A gateway exposes the routes that name it as their parent. */
export const gatewayExposesRoute: RelationRule = {
  id: 'gateway-parent',
  *infer({ subjects }) {
    for (const route of subjects.routes) {
      for (const parent of route.data.parents) {
        const namespace = parent.namespace ?? route.namespace!;
        const gateway = subjects.byPlace.get(
          placeKey(route.cluster!, namespace, 'gateway', parent.name),
        );
        if (gateway) {
          yield {
            from: gateway.ref,
            type: 'exposes',
            to: route.ref,
            evidence: `${route.data.routeKind} ${route.namespace}/${route.objectName} names gateway ${namespace}/${parent.name} as its parent${route.data.accepted === false ? ', which has not accepted it' : ''}`,
            confidence: route.data.accepted === false ? 'likely' : 'certain',
            partition: route.partition,
            carrier: route.ref,
          };
        }
      }
    }
  },
};

function* throughServices(
  route: Subject,
  backends: ObservedBackend[],
  { selection }: World,
  grants?: Grants,
): Iterable<InferredEdge> {
  for (const backend of backends) {
    // Without grants, nothing leads out of a namespace.
    const namespace = (grants && backend.namespace) ?? route.namespace!;
    const elsewhere = namespace !== route.namespace;
    for (const workload of selection.workloads(
      route.cluster!,
      namespace,
      backend.service,
    )) {
      yield {
        from: route.ref,
        type: 'exposes',
        to: workload.ref,
        evidence: `its backend is Service ${namespace}/${backend.service}, which selects ${workload.data.workloadKind} ${workload.objectName}`,
        // Another namespace has to allow it.
        confidence:
          elsewhere && !grants!(route, namespace, backend.service)
            ? 'likely'
            : 'certain',
        partition: route.partition,
        carrier: route.ref,
      };
    }
  }
}

/** A route exposes the workloads behind its backends. */
export const routeExposesWorkload: RelationRule = {
  id: 'route-backend',
  *infer(world) {
    const grants = readGrants(world.observed);
    for (const route of world.subjects.routes) {
      yield* throughServices(route, route.data.backends, world, grants);
    }
  },
};

/** An ingress exposes the workloads behind its backends, in its own namespace only. */
export const ingressExposesWorkload: RelationRule = {
  id: 'ingress-backend',
  *infer(world) {
    for (const ingress of world.subjects.ingresses) {
      yield* throughServices(ingress, ingress.data.backends, world);
    }
  },
};
