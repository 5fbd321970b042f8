import type { ObservedMetadata } from '../observations/model';
import type { ApplicationSubject } from '../projection/management';
import type { EntityContext } from '../projection/model';
import type { RepositorySubject } from '../projection/repositories';
import type { Subject, WorkloadSubject } from '../projection/subjects';
import type { NamedService, World } from '../projection/World';
import { addDecided } from './describe/addDecided';
import { addRepository } from './describe/addRepository';
import { addService } from './describe/addService';
import { addWorkload } from './describe/addWorkload';
import { FactSheet } from './FactSheet';
import type { ProjectedFacts } from './model';
import { indexSurroundings } from './surroundings';

/** What tells a thing from the one that has its name next. */
function identityOf({ type, data }: Subject): string | undefined {
  if (type === 'github-repository') {
    return (data as RepositorySubject['data']).nodeId;
  }
  const { meta, uid } = data as { meta?: ObservedMetadata; uid?: string };
  return (meta?.uid ?? uid) || undefined;
}

/** The facts of every entity that has a context, but of people and teams. */
export function* describeFacts(
  world: World,
  contexts: Iterable<EntityContext>,
): Iterable<ProjectedFacts> {
  const surroundings = indexSurroundings(world);
  const subjects = new Map(
    world.subjects.all.map(subject => [subject.ref, subject]),
  );
  const services = new Map<string, NamedService[]>();
  for (const service of world.services) {
    const list = services.get(service.ref) ?? [];
    list.push(service);
    services.set(service.ref, list);
  }
  const environmentOf = (ref: string) => {
    const subject = subjects.get(ref);
    return subject && world.environment(subject)?.value;
  };

  for (const context of contexts) {
    const { ref } = context;
    const sheet = new FactSheet();
    const subject = subjects.get(ref);
    const standsFor = services.get(ref);
    if (!subject && !standsFor) {
      continue;
    }
    addDecided(sheet, context, 'owner', context.owner);
    addDecided(sheet, context, 'environment', context.environment);
    if (standsFor) {
      addService(sheet, standsFor, context, surroundings, environmentOf);
      yield { ref, type: 'service', groups: sheet.groups };
      continue;
    }
    const values = sheet.from(context);
    values.health = context.health;
    switch (subject!.type) {
      case 'kubernetes-workload':
      case 'datastore':
        if ('workloadKind' in (subject as WorkloadSubject).data) {
          const workload = subject as WorkloadSubject;
          addWorkload(sheet, workload, context, world, surroundings);
        }
        break;
      case 'argocd-application':
        values.sync = context.sync;
        values['gitops.automated'] = (
          subject as ApplicationSubject
        ).data.automated;
        break;
      case 'github-repository':
        addRepository(
          sheet,
          subject as RepositorySubject,
          'live',
          surroundings,
        );
        break;
      default:
    }
    yield {
      ref,
      type: subject!.type,
      identity: identityOf(subject!),
      groups: sheet.groups,
    };
  }
}
