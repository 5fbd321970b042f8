import { KubernetesObject } from '../model';
import { apiTime } from '../objects/stamp';
import { asList, asObject, at } from '../objects/json';
import { nameHash } from './hashes';
import {
  controllerManager,
  controllerReference,
  imagesAvailable,
  isOwnedBy,
  WorkloadContext,
} from './WorkloadContext';

function containerStatus(
  context: WorkloadContext,
  container: unknown,
  ready: boolean,
  startedAt: string,
) {
  const image = String(at(container, 'image') ?? '');
  const waiting = {
    reason: context.isImageAvailable(image)
      ? 'ContainerCreating'
      : 'ImagePullBackOff',
  };
  return {
    name: at(container, 'name'),
    image,
    imageID: ready ? `${image}@sha256:${'0'.repeat(64)}` : '',
    ready,
    started: ready,
    restartCount: 0,
    state: ready ? { running: { startedAt } } : { waiting },
  };
}

function podStatus(
  context: WorkloadContext,
  spec: unknown,
  name: string,
  ready: boolean,
) {
  const time = apiTime(context.cluster.now());
  const [a, b] = Buffer.from(nameHash(name, 2));
  return {
    phase: ready ? 'Running' : 'Pending',
    qosClass: 'Burstable',
    ...(ready ? { podIP: `10.244.${a}.${b}`, startTime: time } : {}),
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
      type => ({
        type,
        status: ready || type === 'PodScheduled' ? 'True' : 'False',
        lastProbeTime: null,
        lastTransitionTime: time,
      }),
    ),
    containerStatuses: asList(at(spec, 'containers')).map(container =>
      containerStatus(context, container, ready, time),
    ),
  };
}

/**
 * Brings the pods of an owner to the wanted number, and so many of them to
 * readiness.
 */
export function reconcilePods(
  context: WorkloadContext,
  owner: KubernetesObject,
  wanted: {
    template: unknown;
    replicas: number;
    ready: number;
    labels?: Record<string, string>;
    /** Name of the pod with an index; drawn when absent. */
    nameOf?: (index: number) => string;
  },
): void {
  const { cluster } = context;
  const namespace = owner.metadata.namespace as string;
  const nodes = cluster.list('nodes');
  const owned = cluster
    .list('pods', namespace)
    .filter(pod => isOwnedBy(pod, owner));
  const image = (spec: unknown) =>
    asList(at(spec, 'containers'))
      .map(container => at(container, 'image'))
      .join();
  const wantedImages = image(at(wanted.template, 'spec'));
  const kept: KubernetesObject[] = [];
  for (const pod of owned) {
    const current = image(pod.spec) === wantedImages;
    if (current && kept.length < wanted.replicas) kept.push(pod);
    else cluster.remove(podType(context), pod.metadata.name, namespace);
  }
  const names = new Set(kept.map(pod => pod.metadata.name));
  for (let index = 0; names.size < wanted.replicas; index++) {
    const name =
      wanted.nameOf?.(index) ??
      `${owner.metadata.name}-${nameHash(`${owner.metadata.uid}/${index}`, 5)}`;
    if (names.has(name)) continue;
    names.add(name);
    const template = asObject(wanted.template);
    const spec = asObject(template.spec);
    const node = nodes[index % Math.max(nodes.length, 1)]?.metadata.name;
    kept.push(
      cluster.apply(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name,
            namespace,
            labels: {
              ...(at(template, 'metadata', 'labels') as object),
              ...wanted.labels,
            },
            annotations: at(template, 'metadata', 'annotations') as
              Record<string, string> | undefined,
            ownerReferences: [controllerReference(owner)],
          },
          spec: { ...spec, ...(node ? { nodeName: node } : {}) },
          status: podStatus(context, spec, name, false),
        },
        controllerManager,
      ),
    );
  }
  const pullable = imagesAvailable(context, wanted.template);
  kept.slice(0, pullable ? wanted.ready : 0).forEach(pod => {
    if (at(pod, 'status', 'phase') === 'Running') return;
    cluster.store(
      podType(context),
      {
        ...pod,
        status: podStatus(context, pod.spec, pod.metadata.name, true),
      },
      { manager: 'kubelet', subresource: 'status' },
    );
  });
}

function podType(context: WorkloadContext) {
  return context.cluster.typeOf('pods')!;
}
