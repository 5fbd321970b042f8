import {
  type Health,
  worstHealth,
} from '@causeway/backstage-plugin-causeway-common';
import { compareText, sortFew } from './compare';
import type { Described } from './contexts';
import { decideLifecycle } from './lifecycle';
import { applicationLinks, repositoryLink } from './links';
import type { ApplicationSubject } from './management';
import type { EntityContext } from './model';
import { serviceOwner } from './serviceOwner';
import type { WorkloadSubject } from './subjects';
import type { NamedService, World } from './World';

function describeService(
  service: NamedService,
  world: World,
  healthOf: (workload: WorkloadSubject) => Health,
): EntityContext {
  const { claim } = service;
  const members = service.members.map(({ workload }) => workload);
  const applications = new Map<string, ApplicationSubject>();
  for (const { ref } of members) {
    for (const application of world.management.managers(ref)) {
      applications.set(application.ref, application);
    }
  }
  return {
    ref: service.ref,
    kind: claim ? 'enriched' : 'ingested',
    source: claim?.claim.source ?? members[0].source,
    partition: claim?.claim.partition ?? members[0].partition,
    owner: serviceOwner(service, world),
    lifecycle:
      claim?.claim.data.lifecycle === undefined
        ? decideLifecycle(service, world)
        : {
            value: claim.claim.data.lifecycle,
            origin: 'claimed',
            rule: 'hand-written',
          },
    successorRef: world.successorOf(service),
    instanceRefs: sortFew(
      members.map(({ ref }) => ref),
      compareText,
    ),
    applicationRefs: sortFew([...applications.keys()], compareText),
    health: worstHealth(members.map(healthOf)),
    links: [
      ...(service.code
        ? [repositoryLink(service.code.repository, world.config)]
        : []),
      ...[...applications.values()].flatMap(application =>
        applicationLinks(application, world.config),
      ),
    ],
  };
}

const together = (a: string[] = [], b: string[] = []) =>
  [...new Set([...a, ...b])].sort();

/** What is known of the Components that services have: one that is hand-written may stand for several. */
export function* describeServices(
  services: readonly NamedService[],
  world: World,
  healthOf: (workload: WorkloadSubject) => Health,
): Iterable<Described> {
  const byRef = new Map<string, NamedService[]>();
  for (const service of services) {
    const list = byRef.get(service.ref);
    if (list) {
      list.push(service);
    } else {
      byRef.set(service.ref, [service]);
    }
  }
  for (const own of byRef.values()) {
    const [context, ...others] = own.map(service =>
      describeService(service, world, healthOf),
    );
    for (const { instanceRefs, applicationRefs, health } of others) {
      context.instanceRefs = together(context.instanceRefs, instanceRefs);
      context.applicationRefs = together(
        context.applicationRefs,
        applicationRefs,
      );
      context.health = worstHealth([context.health!, health!]);
    }
    yield { context, services: own };
  }
}
