import { KubernetesObject } from '../kubernetes/model';
import { SimulatedCluster } from '../kubernetes/ClusterState';

/** How Argo CD names one resource. */
export interface ResourceId {
  group: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** The group, version, kind, namespace and name of an object. */
export function resourceIdOf(object: KubernetesObject): ResourceId {
  const [version, group = ''] = object.apiVersion.split('/').reverse();
  const { name, namespace } = object.metadata;
  return { group, version, kind: object.kind, namespace, name };
}

/** A key to compare resources by, whatever their version. */
export function resourceKey(id: Omit<ResourceId, 'version'>): string {
  return [id.group, id.kind, id.namespace ?? '', id.name].join('/');
}

/** `deployments.apps`: the name under which the cluster serves a kind. */
export function typeNameOf(
  cluster: SimulatedCluster,
  id: Pick<ResourceId, 'group' | 'kind'>,
): string | undefined {
  const type = cluster
    .resourceTypes()
    .find(
      candidate => candidate.group === id.group && candidate.kind === id.kind,
    );
  if (!type) {
    return undefined;
  }
  return type.group ? `${type.resource}.${type.group}` : type.resource;
}

/** The live object of a resource. */
export function liveObject(
  cluster: SimulatedCluster,
  id: Omit<ResourceId, 'version'>,
): KubernetesObject | undefined {
  const type = typeNameOf(cluster, id);
  return type ? cluster.get(type, id.name, id.namespace) : undefined;
}

/** The annotation by which Argo CD 3 knows its resources. */
export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** The value of the tracking annotation. */
export function trackingId(application: string, id: ResourceId): string {
  return `${application}:${id.group}/${id.kind}:${id.namespace ?? ''}/${id.name}`;
}
