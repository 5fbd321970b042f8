import {
  causewayAnnotations,
  type SourceLink,
} from '@causeway/backstage-plugin-causeway-common';
import type { ObservedCondition } from '../observations/model';
import { healthOfConditions, toConditions } from './conditions';
import { toDeliveries } from './deliveries';
import { healthOfArgocd, syncOfArgocd } from './health';
import { toInstance } from './instances';
import { describedLinks } from './kinds/describedLinks';
import {
  applicationLinks,
  dashboardLinks,
  projectLinks,
  repositoryLink,
} from './links';
import type {
  EntityContext,
  ProjectedEntity,
  ProjectedInstance,
} from './model';
import { chain } from './pieces';
import { findPolicyFailures } from './policyFailures';
import { listTemplateLenders } from './rolloutTemplates';
import { describeServices } from './serviceContexts';
import type { Subject, Subjects, WorkloadSubject } from './subjects';
import type { NamedService, World } from './World';

/** What to describe: everything, or some workloads and their services. */
export type Shown = Pick<
  Subjects,
  | 'workloads'
  | 'applications'
  | 'projects'
  | 'repositories'
  | 'clusters'
  | 'gateways'
  | 'namespaces'
  | 'routes'
  | 'ingresses'
  | 'described'
> &
  Pick<World, 'services'>;

/** What is known of an entity, and what it stands for. */
export interface Described {
  context: EntityContext;
  /** What it is of a source, unless it is a Component. */
  subject?: Subject;
  /** For Components: the services that it stands for. */
  services: readonly NamedService[];
}

const none: readonly never[] = [];

type Conditioned = Subject<{ conditions?: ObservedCondition[] }>;

/**
 * What the estate knows of every entity besides its catalog form.
 *
 * @param shown - a part of the world; with a service all its workloads
 */
export function* describeContexts(
  world: World,
  shown: Shown = { ...world.subjects, services: world.services },
): Iterable<Described> {
  const { config } = world;
  const policyFailures = findPolicyFailures(world.observed);
  // All of one shape: see the subjects.
  const describe = (
    subject: Subject,
    links: SourceLink[],
    more?: Partial<EntityContext>,
  ): Described => ({
    context: {
      ref: subject.ref,
      kind: 'ingested',
      source: subject.source,
      partition: subject.partition,
      owner: world.owner(subject),
      environment: world.environment(subject),
      policyFailures: policyFailures(subject),
      links,
      objectKey: more?.objectKey,
      instance: more?.instance,
      deliveries: more?.deliveries,
      health: more?.health,
      sync: more?.sync,
      conditions: more?.conditions,
      freight: more?.freight,
      promotions: more?.promotions,
    },
    subject,
    services: none,
  });

  const lenders = listTemplateLenders(world.subjects);
  const instances = new Map<WorkloadSubject, ProjectedInstance>();
  for (const workload of shown.workloads) {
    const instance = toInstance(workload, world);
    const { namespace, objectName } = workload;
    if (workload.data.replicas?.desired === 0 && lenders.has(workload)) {
      // Scaled to nothing on purpose: a Rollout runs its pods.
      instance.health = 'unknown';
    }
    instances.set(workload, instance);
    yield describe(workload, dashboardLinks(workload, config), {
      objectKey: `${namespace}/${objectName}`,
      instance,
      health: instance.health,
      sync: instance.sync,
      conditions: toConditions(workload.data.conditions),
    });
  }
  for (const application of shown.applications) {
    const { data } = application;
    yield describe(application, applicationLinks(application, config), {
      objectKey: `${data.namespace}/${data.name}`,
      deliveries: toDeliveries(application, world),
      health: healthOfArgocd(data.health.status),
      sync: syncOfArgocd(data.sync.status),
      conditions: toConditions(
        // Argo CD lists what is the case, without a status.
        data.conditions?.map(condition => ({ ...condition, status: 'True' })),
      ),
    });
  }
  for (const project of shown.projects) {
    const { instance } = project.data;
    yield describe(project, projectLinks(instance, project.objectName, config));
  }
  for (const repository of shown.repositories) {
    const { organization, name } = repository.data;
    yield describe(repository, [repositoryLink(repository, config)], {
      objectKey: `${organization}/${name}`.toLowerCase(),
    });
  }
  for (const cluster of shown.clusters) {
    yield describe(cluster, []);
  }
  for (const subject of chain<Conditioned>(shown.gateways, shown.routes)) {
    const conditions = toConditions(subject.data.conditions);
    yield describe(subject, dashboardLinks(subject, config), {
      conditions,
      health: healthOfConditions(conditions),
    });
  }
  for (const subject of chain<Subject>(shown.namespaces, shown.ingresses)) {
    yield describe(subject, dashboardLinks(subject, config));
  }
  for (const subject of shown.described) {
    const kind = subject.kind!;
    const conditions = kind.conditions?.(subject.data);
    yield describe(subject, describedLinks(subject, config), {
      conditions,
      health: kind.health?.(subject.data) ?? healthOfConditions(conditions),
      ...kind.context?.(subject, world),
    });
  }
  yield* describeServices(
    shown.services,
    world,
    workload => instances.get(workload)!.health,
  );
}

/** What is known of an entity that has no more to tell than where it comes from: Groups and Users. */
export function describeOrganization({
  ref,
  entity: { metadata },
}: ProjectedEntity): EntityContext {
  const annotations = metadata.annotations ?? {};
  return {
    ref,
    kind: 'ingested',
    source: annotations[causewayAnnotations.source],
    partition: annotations[causewayAnnotations.partition],
    links: (metadata.links ?? []).map(({ title, url }) => ({
      title: title ?? url,
      url,
    })),
  };
}
