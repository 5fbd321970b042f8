import type { ObservedMetadata } from '../observations/model';
import type { ApplicationSubject } from '../projection/management';
import type { Described } from '../projection/contexts';
import type { RepositorySubject } from '../projection/repositories';
import type { Subject, WorkloadSubject } from '../projection/subjects';
import type { World } from '../projection/World';
import { addDecided } from './describe/addDecided';
import { addRepository } from './describe/addRepository';
import { addService } from './describe/addService';
import { addWorkload } from './describe/addWorkload';
import { FactSheet } from './FactSheet';
import type { ProjectedFacts } from './model';

/** What tells a thing from the one that has its name next. */
function identityOf({ type, data }: Subject): string | undefined {
  if (type === 'github-repository') {
    return (data as RepositorySubject['data']).nodeId;
  }
  const { meta, uid } = data as { meta?: ObservedMetadata; uid?: string };
  return (meta?.uid ?? uid) || undefined;
}

/** The facts of an entity that stands for something of the estate. */
export function describeFacts(
  { context, subject, services }: Described,
  world: World,
): ProjectedFacts {
  const { ref } = context;
  const sheet = new FactSheet();
  addDecided(sheet, context, 'owner', context.owner);
  addDecided(sheet, context, 'environment', context.environment);
  if (!subject) {
    addService(sheet, services, context, world);
    return { ref, type: 'service', identity: undefined, groups: sheet.groups };
  }
  const values = sheet.from(context);
  values.health = context.health;
  switch (subject.type) {
    case 'kubernetes-workload':
    case 'datastore':
      if ('workloadKind' in (subject as WorkloadSubject).data) {
        addWorkload(sheet, subject as WorkloadSubject, context, world);
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
        world.surroundings,
      );
      break;
    default:
  }
  return {
    ref,
    type: subject.type,
    identity: identityOf(subject),
    groups: sheet.groups,
  };
}
