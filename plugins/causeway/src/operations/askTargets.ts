import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  EntityEstate,
  OperationDescription,
} from '@causeway/backstage-plugin-causeway-common';
import { compareEnvironments } from '../lib/environments';
import { shortName } from '../lib/shortName';

/** Something that an operation can be asked for. */
export interface AskTarget {
  entityRef: string;
  title: string;
  /** `spec.type`. */
  type: string;
  environment?: string;
  /** Where it is, where that tells it from the others. */
  place?: string;
}

/** An entity, and of a service the workloads and applications that are part of it. */
export function askTargets(
  entity: Entity,
  estate: EntityEstate | undefined,
): AskTarget[] {
  const itself: AskTarget = {
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    type: String(entity.spec?.type ?? entity.kind.toLowerCase()),
    environment: estate?.environment?.value,
  };
  const instances = [...(estate?.instances ?? [])].sort((a, b) =>
    compareEnvironments(a.environment?.value, b.environment?.value),
  );
  const workloads = instances.map(instance => ({
    entityRef: instance.entityRef,
    title: instance.title,
    type: 'kubernetes-workload',
    environment: instance.environment?.value,
    place: `${instance.cluster} / ${instance.namespace}`,
  }));
  const applications = instances.flatMap(({ applicationRef, environment }) =>
    applicationRef === undefined
      ? []
      : [
          {
            entityRef: applicationRef,
            title:
              estate?.deliveries.find(
                delivery => delivery.applicationRef === applicationRef,
              )?.applicationTitle ?? shortName(applicationRef),
            type: 'argocd-application',
            environment: environment?.value,
          },
        ],
  );
  return [
    ...new Map(
      [...applications, ...workloads, itself].map(target => [
        target.entityRef,
        target,
      ]),
    ).values(),
  ].reverse();
}

/** Operations that can be asked for any of these. */
export function operationsFor(
  operations: readonly OperationDescription[],
  targets: readonly AskTarget[],
): OperationDescription[] {
  const types = new Set(targets.map(({ type }) => type));
  return operations.filter(({ targetTypes }) =>
    targetTypes.some(type => types.has(type)),
  );
}
