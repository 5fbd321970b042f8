import {
  causewayAnnotations,
  type Delivery,
  type SourceLink,
  worstHealth,
} from '@causeway/backstage-plugin-causeway-common';
import { placeKey } from './sortObservations';
import { healthOfArgocd, healthOfWorkload, syncOfArgocd } from './health';
import { imageVersion } from './images';
import { decideLifecycle, findSuccessors } from './lifecycle';
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
import { mainImage, type Subject, type WorkloadSubject } from './subjects';
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

/** What the estate knows of every entity besides its catalog form. */
export function* describeContexts(world: World): Iterable<EntityContext> {
  const { config, subjects } = world;
  const autoscalers = indexAutoscalers(world);
  const base = (subject: Subject, links: SourceLink[]): EntityContext => ({
    ref: subject.ref,
    kind: 'ingested',
    source: subject.source,
    partition: subject.partition,
    owner: world.owner(subject),
    environment: world.environment(subject),
    links,
  });

  const instances = new Map<string, ProjectedInstance>();
  for (const workload of subjects.workloads) {
    const instance = toInstance(workload, world, autoscalers);
    instances.set(workload.ref, instance);
    yield {
      ...base(workload, dashboardLinks(workload, config)),
      instance,
      health: instance.health,
      sync: instance.sync,
    };
  }
  for (const application of subjects.applications) {
    yield {
      ...base(application, applicationLinks(application, config)),
      deliveries: toDeliveries(application, world),
      health: healthOfArgocd(application.data.health.status),
      sync: syncOfArgocd(application.data.sync.status),
    };
  }
  for (const project of subjects.projects) {
    yield base(
      project,
      projectLinks(project.data.instance, project.objectName, config),
    );
  }
  for (const repository of subjects.repositories) {
    yield base(repository, [repositoryLink(repository, config)]);
  }
  for (const cluster of subjects.clusters) {
    yield base(cluster, []);
  }
  for (const subject of [
    ...subjects.namespaces,
    ...subjects.gateways,
    ...subjects.routes,
    ...subjects.ingresses,
  ]) {
    yield base(subject, dashboardLinks(subject, config));
  }
  const claimed = new Map<string, EntityContext>();
  const successorOf = findSuccessors(world.services);
  for (const service of world.services) {
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
      successorRef: successorOf(service),
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
