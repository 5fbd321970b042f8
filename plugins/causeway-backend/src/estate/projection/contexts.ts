import {
  causewayAnnotations,
  type Delivery,
  type RolloutProgress,
  type SourceLink,
  worstHealth,
} from '@causeway/backstage-plugin-causeway-common';
import { healthOfConditions, toConditions } from './conditions';
import type { ObservedRollout } from '../observations/model';
import { findPolicyFailures } from './policyFailures';
import { placeKey } from './sortObservations';
import { healthOfArgocd, healthOfWorkload, syncOfArgocd } from './health';
import { describedLinks } from './kinds/describedLinks';
import { imageVersion } from './images';
import { decideLifecycle } from './lifecycle';
import {
  applicationLinks,
  dashboardLinks,
  projectLinks,
  repositoryLink,
  repositoryUrl,
} from './links';
import type { ApplicationSubject } from './management';
import type {
  EntityContext,
  ProjectedEntity,
  ProjectedInstance,
} from './model';
import { serviceOwner } from './serviceOwner';
import { listTemplateLenders } from './rolloutTemplates';
import {
  mainImage,
  type Subject,
  type Subjects,
  type WorkloadSubject,
} from './subjects';
import { safeText } from './text';
import type { World } from './World';

const keptDeliveries = 50;

type Autoscalers = ReadonlyMap<string, { min?: number; max: number }>;

function indexAutoscalers({ observed }: World): Autoscalers {
  return new Map(
    observed.HorizontalPodAutoscaler.map(({ source, data }) => [
      placeKey(
        source,
        data.meta.namespace ?? '',
        data.target.kind.toLowerCase(),
        data.target.name,
      ),
      { min: data.min, max: data.max },
    ]),
  );
}

function toProgress({
  templateOf: _template,
  ...state
}: ObservedRollout): RolloutProgress {
  return {
    ...state,
    phase: safeText(state.phase, 32),
    message: safeText(state.message, 256),
  };
}

function toInstance(
  workload: WorkloadSubject,
  world: World,
  autoscalers: Autoscalers,
): ProjectedInstance {
  const { data, cluster, namespace } = workload;
  const image = mainImage(data);
  const [application] = world.management.managers(workload.ref);
  const reported =
    application && world.management.resource(application, workload.ref);
  const bounds = autoscalers.get(
    placeKey(cluster, namespace, workload.objectKind, workload.objectName),
  );
  return {
    entityRef: workload.ref,
    title: workload.objectName,
    environment: world.environment(workload),
    cluster,
    namespace,
    workloadKind: data.workloadKind,
    version: image && safeText(imageVersion(image), 128),
    image: safeText(image, 300),
    replicas: data.replicas && {
      desired: data.replicas.desired,
      ready: data.replicas.ready,
      // Kubernetes' own default where an autoscaler names no minimum.
      ...(bounds && { min: bounds.min ?? 1, max: bounds.max }),
    },
    health: healthOfWorkload(data, reported?.health),
    rollout: data.rollout && toProgress(data.rollout),
    sync: application && syncOfArgocd(reported?.sync),
    applicationRef: application?.ref,
  };
}

function toDeliveries(
  application: ApplicationSubject,
  world: World,
): Delivery[] {
  const { data } = application;
  const source = data.sources.find(
    ({ repoURL }) => world.repositories.byAddress(repoURL) !== undefined,
  );
  const repository = source && world.repositories.byAddress(source.repoURL);
  return data.history
    .flatMap(entry => {
      const deployedAt = Date.parse(entry.deployedAt);
      return Number.isFinite(deployedAt) ? [{ ...entry, deployedAt }] : [];
    })
    .sort((a, b) => b.deployedAt - a.deployedAt || b.id - a.id)
    .slice(0, keptDeliveries)
    .map((entry, position) => ({
      applicationRef: application.ref,
      applicationTitle: data.name,
      environment: world.environment(application)?.value,
      revision: safeText(entry.revision, 128) ?? '',
      revisionUrl:
        repository && /^[0-9a-f]{40}$/.test(entry.revision)
          ? repositoryUrl(repository, world.config, 'commit', entry.revision)
          : undefined,
      deployedAt: entry.deployedAt,
      initiatedBy: safeText(entry.initiatedBy, 100),
      current: position === 0,
    }));
}

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

/**
 * What the estate knows of every entity besides its catalog form.
 *
 * @param shown - a part of the world; with a service all its workloads
 */
export function* describeContexts(
  world: World,
  shown: Shown = { ...world.subjects, services: world.services },
): Iterable<EntityContext> {
  const { config, subjects } = world;
  const autoscalers = indexAutoscalers(world);
  const policyFailures = findPolicyFailures(world.observed);
  const base = (subject: Subject, links: SourceLink[]): EntityContext => ({
    ref: subject.ref,
    kind: 'ingested',
    source: subject.source,
    partition: subject.partition,
    owner: world.owner(subject),
    environment: world.environment(subject),
    policyFailures: policyFailures(subject),
    links,
  });

  const lenders = listTemplateLenders(subjects.workloads);
  const instances = new Map<string, ProjectedInstance>();
  for (const workload of shown.workloads) {
    const instance = toInstance(workload, world, autoscalers);
    const { cluster, namespace, objectKind, objectName } = workload;
    if (
      workload.data.replicas?.desired === 0 &&
      lenders.has(placeKey(cluster, namespace, objectKind, objectName))
    ) {
      // Scaled to nothing on purpose: a Rollout runs its pods.
      instance.health = 'unknown';
    }
    instances.set(workload.ref, instance);
    yield {
      ...base(workload, dashboardLinks(workload, config)),
      objectKey: `${namespace}/${objectName}`,
      instance,
      health: instance.health,
      sync: instance.sync,
      conditions: toConditions(workload.data.conditions),
    };
  }
  for (const application of shown.applications) {
    yield {
      ...base(application, applicationLinks(application, config)),
      objectKey: `${application.data.namespace}/${application.data.name}`,
      deliveries: toDeliveries(application, world),
      health: healthOfArgocd(application.data.health.status),
      sync: syncOfArgocd(application.data.sync.status),
      conditions: toConditions(
        // Argo CD lists what is the case, without a status.
        application.data.conditions?.map(condition => ({
          ...condition,
          status: 'True',
        })),
      ),
    };
  }
  for (const project of shown.projects) {
    yield base(
      project,
      projectLinks(project.data.instance, project.objectName, config),
    );
  }
  for (const repository of shown.repositories) {
    yield base(repository, [repositoryLink(repository, config)]);
  }
  for (const cluster of shown.clusters) {
    yield base(cluster, []);
  }
  for (const subject of [...shown.gateways, ...shown.routes]) {
    const conditions = toConditions(subject.data.conditions);
    yield {
      ...base(subject, dashboardLinks(subject, config)),
      conditions,
      health: healthOfConditions(conditions),
    };
  }
  for (const subject of [...shown.namespaces, ...shown.ingresses]) {
    yield base(subject, dashboardLinks(subject, config));
  }
  for (const subject of shown.described) {
    const kind = subject.kind!;
    const conditions = kind.conditions?.(subject.data);
    yield {
      ...base(subject, describedLinks(subject, config)),
      conditions,
      health: kind.health?.(subject.data) ?? healthOfConditions(conditions),
      ...kind.context?.(subject, world),
    };
  }
  const claimed = new Map<string, EntityContext>();
  for (const service of shown.services) {
    const members = service.members.map(({ workload }) => workload);
    const applications = [
      ...new Map(
        members
          .flatMap(({ ref }) => world.management.managers(ref))
          .map(application => [application.ref, application]),
      ).values(),
    ];
    const lifecycle = decideLifecycle(service, world);
    const context: EntityContext = {
      ref: service.ref,
      kind: service.claim ? 'enriched' : 'ingested',
      source: service.claim?.claim.source ?? members[0].source,
      partition: service.claim?.claim.partition ?? members[0].partition,
      owner: serviceOwner(service, world),
      lifecycle:
        service.claim?.claim.data.lifecycle === undefined
          ? lifecycle
          : {
              value: service.claim.claim.data.lifecycle,
              origin: 'claimed',
              rule: 'hand-written',
            },
      successorRef: world.successorOf(service),
      instanceRefs: members.map(({ ref }) => ref).sort(),
      applicationRefs: applications.map(({ ref }) => ref).sort(),
      health: worstHealth(members.map(({ ref }) => instances.get(ref)!.health)),
      links: [
        ...(service.code
          ? [repositoryLink(service.code.repository, config)]
          : []),
        ...applications.flatMap(application =>
          applicationLinks(application, config),
        ),
      ],
    };
    // One hand-written Component may stand for several services.
    const earlier = claimed.get(service.ref);
    claimed.set(
      service.ref,
      earlier
        ? {
            ...earlier,
            instanceRefs: [
              ...new Set([...earlier.instanceRefs!, ...context.instanceRefs!]),
            ].sort(),
            applicationRefs: [
              ...new Set([
                ...earlier.applicationRefs!,
                ...context.applicationRefs!,
              ]),
            ].sort(),
            health: worstHealth([earlier.health!, context.health!]),
          }
        : context,
    );
  }
  yield* claimed.values();
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
