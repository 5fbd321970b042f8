import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { imagesOf } from './applicationStatus';
import { Comparison } from './comparison';
import { healthOf } from './health';
import { asObject, Json } from './json';
import { resourceIdOf } from './resource';

const ownedTypes = [
  'replicasets.apps',
  'pods',
  'jobs.batch',
  'controllerrevisions.apps',
];

/** `ApplicationTree`: what an application manages, and what those own. */
export function resourceTree(
  comparison: Comparison,
  cluster: SimulatedCluster,
  namespace: string,
): Json {
  const owned = new Map<string, KubernetesObject[]>();
  for (const type of ownedTypes) {
    for (const object of cluster.list(type, namespace)) {
      for (const { uid } of object.metadata.ownerReferences ?? []) {
        owned.set(uid, [...(owned.get(uid) ?? []), object]);
      }
    }
  }
  const nodes: Json[] = [];
  const add = (object: KubernetesObject, parent?: KubernetesObject) => {
    nodes.push(treeNode(object, parent));
    (owned.get(object.metadata.uid ?? '') ?? []).forEach(child =>
      add(child, object),
    );
  };
  for (const { id, live } of comparison.resources) {
    if (live) {
      add(live);
    } else {
      nodes.push({ ...id, health: { status: 'Missing' } });
    }
  }
  return { nodes };
}

function treeNode(object: KubernetesObject, parent?: KubernetesObject): Json {
  const { uid, resourceVersion, creationTimestamp } = object.metadata;
  const images = imagesOf(object);
  const health = healthOf(object);
  return {
    ...resourceIdOf(object),
    uid,
    ...(parent && {
      parentRefs: [{ ...resourceIdOf(parent), uid: parent.metadata.uid }],
    }),
    resourceVersion,
    createdAt: creationTimestamp,
    ...(images.length > 0 && { images }),
    ...(health && { health }),
    ...(object.kind === 'Service' && {
      networkingInfo: { targetLabels: asObject(object.spec).selector },
    }),
  };
}
