import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { GitRepository } from '../world/GitRepository';
import { viewApplication } from './application';
import { inSync } from './compare';
import { desiredManifests } from './desired';
import { HealthStatus, healthOf, worstHealth } from './health';
import { asObjects, asText, Json } from './json';
import {
  liveObject,
  ResourceId,
  resourceIdOf,
  resourceKey,
  TRACKING_ANNOTATION,
  trackingId,
} from './resource';

/** One resource of an application: what Git wants and what is there. */
export interface ComparedResource {
  id: ResourceId;
  desired?: KubernetesObject;
  live?: KubernetesObject;
  status: 'Synced' | 'OutOfSync';
  requiresPruning: boolean;
}

/** What comparing an application with its cluster found. */
export interface Comparison {
  revision: string;
  resources: ComparedResource[];
  sync: 'Synced' | 'OutOfSync';
  health: HealthStatus;
}

/** Compares the desired state at a revision with the live one. */
export function compareApplication(options: {
  application: KubernetesObject;
  repository: GitRepository;
  cluster: SimulatedCluster;
  revision: string;
}): Comparison {
  const { application, cluster, repository, revision } = options;
  const { name, source, destination, status } = viewApplication(application);
  const resources = desiredManifests({
    repository,
    revision,
    path: source.path,
    namespace: destination.namespace,
  }).map((desired): ComparedResource => {
    const id = resourceIdOf(desired);
    const live = liveObject(cluster, id);
    const same = live !== undefined && inSync(application, desired, live);
    return {
      id,
      desired,
      live,
      status: same ? 'Synced' : 'OutOfSync',
      requiresPruning: false,
    };
  });

  const wanted = new Set(resources.map(({ id }) => resourceKey(id)));
  for (const known of asObjects(status.resources)) {
    const id = knownResource(known);
    const live = wanted.has(resourceKey(id))
      ? undefined
      : liveObject(cluster, id);
    if (
      live?.metadata.annotations?.[TRACKING_ANNOTATION] === trackingId(name, id)
    ) {
      resources.push({
        id,
        live,
        status: 'OutOfSync',
        requiresPruning: true,
      });
    }
  }

  const health = resources.map(({ live }): HealthStatus =>
    live ? (healthOf(live)?.status ?? 'Healthy') : 'Missing',
  );
  return {
    revision,
    resources,
    sync: resources.some(({ status: one }) => one === 'OutOfSync')
      ? 'OutOfSync'
      : 'Synced',
    health: worstHealth(health),
  };
}

function knownResource(known: Json): ResourceId {
  return {
    group: asText(known.group) ?? '',
    version: asText(known.version) ?? 'v1',
    kind: asText(known.kind) ?? '',
    namespace: asText(known.namespace),
    name: asText(known.name) ?? '',
  };
}
