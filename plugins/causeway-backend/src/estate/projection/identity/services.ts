import {
  causewayAnnotations,
  type EstateProblem,
} from '@causeway/backstage-plugin-causeway-common';
import { byText, compareText, sortFew } from '../compare';
import { placeKey } from '../sortObservations';
import type { WorkloadSubject } from '../subjects';
import { identify } from './identify';
import type { Identity, IdentityContext } from './model';

/** A workload with the service that it was found to be an instance of. */
export interface ServiceMember {
  workload: WorkloadSubject;
  identity: Identity;
}

/** A service: workloads of one identity that no two platform owners share. */
export interface Service {
  key: string;
  name: string;
  namespace: string;
  /** Owner of origin `platform` that its members have, where one has. */
  platformOwner?: string;
  /** Oldest first. */
  members: ServiceMember[];
}

/** Owner of origin `platform`; tenants cannot change it. */
export type PlatformOwner = (workload: WorkloadSubject) => string | undefined;

const age = ({ data }: WorkloadSubject) => data.meta.createdAt ?? '9999';

function oldestFirst(a: WorkloadSubject, b: WorkloadSubject): number {
  return compareText(age(a), age(b)) || compareText(a.ref, b.ref);
}

function build(
  key: string,
  members: ServiceMember[],
  platformOwner: string | undefined,
): Service {
  const sorted = sortFew([...members], (a, b) =>
    oldestFirst(a.workload, b.workload),
  );
  const [{ identity }] = sorted;
  return {
    key,
    name: identity.name,
    namespace: identity.namespace,
    platformOwner,
    members: sorted,
  };
}

/**
 * Members of one identity, apart where platform owners differ: a name or a
 * label is no way into somebody else's service. What has no platform owner
 * joins where there is one service to join, and decides nothing there.
 */
function splitByOwner(
  key: string,
  members: ServiceMember[],
  platformOwner: PlatformOwner,
): Service[] {
  const byOwner = new Map<string, ServiceMember[]>();
  for (const member of members) {
    const owner = platformOwner(member.workload) ?? '';
    const own = byOwner.get(owner);
    if (own) {
      own.push(member);
    } else {
      byOwner.set(owner, [member]);
    }
  }
  const unowned = byOwner.get('');
  if (unowned && byOwner.size === 2) {
    const [owner] = [...byOwner.keys()].filter(Boolean);
    byOwner.set(owner, [...byOwner.get(owner)!, ...unowned]);
    byOwner.delete('');
  }
  return [...byOwner].map(([owner, list]) =>
    build(placeKey(key, owner), list, owner || undefined),
  );
}

/** Services oldest first: the oldest of a name keeps it. */
export function inOrderOfAge(services: Service[]): Service[] {
  return [...services].sort(
    (a, b) =>
      oldestFirst(a.members[0].workload, b.members[0].workload) ||
      compareText(a.key, b.key),
  );
}

/** Groups workloads into services. */
export function groupIntoServices(
  workloads: WorkloadSubject[],
  context: IdentityContext,
  platformOwner: PlatformOwner,
): { services: Service[]; problems: EstateProblem[] } {
  const problems: EstateProblem[] = [];
  const byKey = new Map<string, ServiceMember[]>();
  const annotated: WorkloadSubject[] = [];
  const add = (workload: WorkloadSubject, identity: Identity) => {
    const list = byKey.get(identity.key) ?? [];
    list.push({ workload, identity });
    byKey.set(identity.key, list);
  };
  for (const workload of workloads) {
    if (workload.annotations[causewayAnnotations.component]?.trim()) {
      annotated.push(workload);
    } else {
      add(workload, identify(workload, context));
    }
  }

  const found = [...byKey].flatMap(([key, members]) =>
    splitByOwner(key, members, platformOwner),
  );
  // Annotations name services: those that others make up come first.
  const joined = new Map(found.map(service => [service, service.members]));
  const named = new Map<string, ServiceMember[]>();
  for (const workload of [...annotated].sort(byText(({ ref }) => ref))) {
    const name = workload.annotations[causewayAnnotations.component]!.trim();
    const owner = platformOwner(workload);
    const evidence = `annotation ${causewayAnnotations.component}`;
    const plain = identify(workload, context);
    const candidates = inOrderOfAge(
      found.filter(
        service => service.name.toLowerCase() === name.toLowerCase(),
      ),
    );
    const own = candidates.filter(service => service.platformOwner === owner);
    const service =
      own.find(({ namespace }) => namespace === plain.namespace) ?? own[0];
    const identity = {
      key: placeKey('annotation', owner ?? '', name.toLowerCase()),
      name,
      namespace: plain.namespace,
      rule: 'annotation',
      evidence,
    };
    if (service) {
      joined.set(service, [...joined.get(service)!, { workload, identity }]);
    } else if (candidates.length > 0) {
      problems.push({
        id: `contested-component:${workload.ref}`,
        kind: 'contested',
        entityRef: workload.ref,
        partition: workload.partition,
        title: `${workload.title} claims to be part of ${name}`,
        detail: `Its ${evidence} says so, but ${name} belongs to ${candidates[0].platformOwner ?? 'nobody by configuration'} and the workload to ${owner ?? 'nobody by configuration'}, so the annotation has no effect. Give both the same owner by configuration or Argo CD project.`,
      });
      const list = named.get(plain.key) ?? [];
      list.push({ workload, identity: plain });
      named.set(plain.key, list);
    } else {
      const list = named.get(identity.key) ?? [];
      list.push({ workload, identity });
      named.set(identity.key, list);
    }
  }

  const services = [...joined].map(([service, members]) =>
    members === service.members
      ? service
      : {
          ...build(service.key, members, service.platformOwner),
          name: service.name,
          namespace: service.namespace,
        },
  );
  for (const [key, members] of named) {
    for (const service of splitByOwner(key, members, platformOwner)) {
      const sibling = services.findIndex(({ key: k }) => k === service.key);
      if (sibling < 0) {
        services.push(service);
      } else {
        services[sibling] = build(
          service.key,
          [...services[sibling].members, ...service.members],
          service.platformOwner,
        );
      }
    }
  }
  return { services: inOrderOfAge(services), problems };
}
