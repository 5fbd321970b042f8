import {
  causewayAnnotations,
  type Edge,
  type SourceLink,
} from '@causeway/backstage-plugin-causeway-common';
import {
  applicationLinks,
  dashboardLinks,
  projectLinks,
  repositoryLink,
} from '../links';
import { type Particulars, placedTitle as placed } from '../kinds/SubjectKind';
import type { ProjectedEntity } from '../model';
import { describedLinks } from '../kinds/describedLinks';
import type { Subject } from '../subjects';
import { safeText, toTags } from '../text';
import type { World } from '../World';
import { toCausewaySpec, toMetadata } from './metadata';

const bounded = (values: string[]) =>
  values.slice(0, 20).flatMap(value => safeText(value, 253) ?? []);

/** Every Resource and API, with the edges that it carries. */
export function* emitResources(
  world: World,
  carried: ReadonlyMap<string, Edge[]>,
  fallbackOwner: string,
): Iterable<ProjectedEntity> {
  const { config, subjects } = world;

  const emit = (
    subject: Subject,
    own: Particulars & { links: SourceLink[] },
  ): ProjectedEntity => {
    const owner = world.owner(subject);
    const environment = world.environment(subject);
    const api = subject.kind?.api?.(subject, world);
    return {
      ref: subject.ref,
      type: subject.type,
      locationKey: 'causeway',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: api ? 'API' : 'Resource',
        metadata: toMetadata({
          namespace: config.entityNamespace,
          name: subject.name,
          source: subject.source,
          partition: subject.partition,
          title: own.title,
          description: own.description,
          links: own.links,
          tags: own.tags,
          annotations: {
            [causewayAnnotations.environment]: environment?.value,
            ...own.annotations,
          },
        }),
        spec: {
          type: subject.type,
          owner: owner?.value ?? fallbackOwner,
          ...api,
          causeway: toCausewaySpec({
            ref: subject.ref,
            edges: carried.get(subject.ref),
            cluster: subject.cluster,
            namespace: subject.namespace || undefined,
            environment,
            origins: { owner, environment },
            details: own.details,
          }),
        },
      },
    };
  };

  for (const cluster of subjects.clusters) {
    yield emit(cluster, {
      title: config.clusters[cluster.objectName]?.title ?? cluster.objectName,
      links: [],
      details: { version: safeText(cluster.data.version, 63) },
    });
  }
  for (const namespace of subjects.namespaces) {
    yield emit(namespace, {
      title: placed(namespace),
      links: dashboardLinks(namespace, config),
    });
  }
  for (const workload of subjects.workloads) {
    const { data, engine, image } = workload;
    yield emit(workload, {
      title: placed(workload),
      description: engine
        ? `${engine}, ${data.workloadKind} in namespace ${workload.namespace} on ${workload.cluster}`
        : `${data.workloadKind} in namespace ${workload.namespace} on ${workload.cluster}`,
      links: dashboardLinks(workload, config),
      details: {
        kind: data.workloadKind,
        name: workload.objectName,
        image: image?.shown,
        version: image?.version,
        engine,
        schedule: safeText(data.schedule, 100),
      },
    });
  }
  for (const gateway of subjects.gateways) {
    yield emit(gateway, {
      title: placed(gateway),
      links: dashboardLinks(gateway, config),
      details: {
        name: gateway.objectName,
        className: safeText(gateway.data.className, 253),
        listeners: gateway.data.listeners
          .slice(0, 20)
          .map(({ protocol, port }) => `${protocol}:${port}`),
      },
    });
  }
  for (const route of subjects.routes) {
    yield emit(route, {
      title: placed(route),
      description: `${route.data.routeKind} in namespace ${route.namespace} on ${route.cluster}`,
      links: dashboardLinks(route, config),
      details: {
        kind: route.data.routeKind,
        name: route.objectName,
        hosts: bounded(route.data.hostnames),
      },
    });
  }
  for (const ingress of subjects.ingresses) {
    yield emit(ingress, {
      title: placed(ingress),
      description: `Ingress in namespace ${ingress.namespace} on ${ingress.cluster}`,
      links: dashboardLinks(ingress, config),
      details: {
        kind: 'Ingress',
        name: ingress.objectName,
        hosts: bounded(ingress.data.hosts),
      },
    });
  }
  for (const project of subjects.projects) {
    yield emit(project, {
      title: project.title,
      description: project.data.description,
      links: projectLinks(project.data.instance, project.objectName, config),
      details: { instance: project.data.instance, name: project.objectName },
    });
  }
  for (const application of subjects.applications) {
    const { data } = application;
    const [source] = data.sources;
    yield emit(application, {
      title: `${data.name} (${data.instance})`,
      description: `Argo CD application in project ${data.project}`,
      links: applicationLinks(application, config),
      details: {
        instance: data.instance,
        name: data.name,
        project: data.project,
        applicationSet: data.applicationSet,
        cluster: world.management.cluster(application),
        path: safeText(source?.path, 300),
        chart: safeText(source?.chart, 300),
        targetRevision: safeText(source?.targetRevision, 200),
        automated: data.automated,
      },
    });
  }
  for (const repository of subjects.repositories) {
    const { data } = repository;
    yield emit(repository, {
      title: repository.title,
      description: data.description,
      links: [repositoryLink(repository, config)],
      tags: toTags(data.topics),
      annotations: {
        'github.com/project-slug': `${data.organization}/${data.name}`,
      },
      details: {
        defaultBranch: safeText(data.defaultBranch, 200),
        visibility: data.visibility,
        archived: data.archived,
        languages: bounded(data.languages),
        release: safeText(data.latestRelease?.tag, 128),
      },
    });
  }
  for (const subject of subjects.described) {
    yield emit(subject, {
      ...subject.kind!.describe(subject, world),
      links: describedLinks(subject, config),
    });
  }
}
