import {
  causewayAnnotations,
  type SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import { byText, compareText, sortFew } from './compare';
import { safeText } from './text';
import type { NamedService, World } from './World';

const lifecyclePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What the workloads of a service say in an annotation, as far as it can be read; sorted. */
function annotated(
  { members }: NamedService,
  annotation: string,
  read: (value: string) => string | undefined,
): string[] {
  const found: string[] = [];
  for (const { workload } of members) {
    const value = workload.annotations[annotation];
    const own = value === undefined ? undefined : read(value);
    if (own !== undefined) {
      found.push(own);
    }
  }
  return sortFew(found, compareText);
}

/**
 * The lifecycle of a service: what its workloads' annotations claim, the
 * deprecation that an archived repository amounts to, else whether it runs in
 * production.
 */
export function decideLifecycle(
  service: NamedService,
  world: Pick<World, 'environment'>,
): SourcedValue {
  const [claimed] = annotated(service, causewayAnnotations.lifecycle, value => {
    const lifecycle = value.toLowerCase();
    return lifecycle.length <= 63 && lifecyclePattern.test(lifecycle)
      ? lifecycle
      : undefined;
  });
  if (claimed) {
    return {
      value: claimed,
      origin: 'claimed',
      rule: 'annotation',
      evidence: `annotation ${causewayAnnotations.lifecycle}`,
    };
  }
  if (service.code?.repository.data.archived) {
    return {
      value: 'deprecated',
      origin: 'live',
      rule: 'archived-repository',
      evidence: `repository ${service.code.repository.title} is archived`,
    };
  }
  const production = service.members.find(({ workload }) => {
    const environment = world.environment(workload);
    return (
      environment?.origin === 'platform' &&
      /^prod(uction)?(-|$)/.test(environment.value)
    );
  });
  return production
    ? {
        value: 'production',
        origin: 'platform',
        rule: 'environment',
        evidence: `${production.workload.title} runs in production`,
      }
    : {
        value: 'experimental',
        origin: 'platform',
        rule: 'environment',
        evidence: 'it runs in no production environment',
      };
}

/** Finds the service that is said to replace another, where there is one of that name. */
export function findSuccessors(
  services: NamedService[],
): (service: NamedService) => string | undefined {
  // The first of a name in order of reference, so that the answer is always the same.
  const byName = new Map<string, string>();
  for (const { ref, componentName } of [...services].sort(
    byText(service => service.ref),
  )) {
    for (const name of [componentName, ref.slice(ref.lastIndexOf('/') + 1)]) {
      byName.set(name, byName.get(name) ?? ref);
    }
  }
  return service => {
    const [successor] = annotated(
      service,
      causewayAnnotations.successor,
      value => safeText(value, 200),
    );
    const name = successor
      ?.toLowerCase()
      .replace(/^component:/, '')
      .replace(/^.*\//, '');
    const ref = name === undefined ? undefined : byName.get(name);
    return ref === service.ref ? undefined : ref;
  };
}
