import { createClusterState } from '../ClusterState';
import { SimulatedCluster } from '../SimulatedCluster';
import { KubernetesObject } from '../model';
import { at } from '../objects/json';
import { createManualTimers } from '../Timers';
import { createWorkloadController } from './WorkloadController';

const namespace = 'payments';

function workload(
  kind: string,
  options: { replicas?: number; image?: string } = {},
): KubernetesObject {
  const labels = { app: 'payment-api' };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'payment-api', namespace },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: options.replicas ?? 4 }),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: 'api', image: options.image ?? 'ghcr.io/meridian/api:1' },
          ],
        },
      },
    },
  };
}

function deploymentOf(cluster: SimulatedCluster) {
  return cluster.get('deployments.apps', 'payment-api', namespace)!;
}

const seed = { manager: 'argocd-controller' };

describe('createWorkloadController', () => {
  it('rolls a deployment out at once, with a new revision for a new template', () => {
    const cluster = createClusterState({ name: 'staging' });
    createWorkloadController({ cluster });
    cluster.apply(workload('Deployment'), seed);
    expect(deploymentOf(cluster).status).toMatchObject({
      observedGeneration: 1,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
      conditions: [
        { type: 'Available', status: 'True' },
        { type: 'Progressing', reason: 'NewReplicaSetAvailable' },
      ],
    });
    expect(cluster.list('pods', namespace)).toHaveLength(4);

    const updated = workload('Deployment', { image: 'ghcr.io/meridian/api:2' });
    cluster.apply(updated, seed);
    const { metadata, status } = deploymentOf(cluster);
    expect(metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '2',
    });
    expect(status).toMatchObject({ observedGeneration: 2, readyReplicas: 4 });
    expect(status).not.toHaveProperty('unavailableReplicas');
    const sets = cluster.list('replicasets.apps', namespace);
    expect(sets.map(set => at(set, 'spec', 'replicas')).sort()).toEqual([0, 4]);
    expect(
      cluster
        .list('pods', namespace)
        .map(pod => (at(pod, 'spec', 'containers') as { image: string }[])[0])
        .every(container => container.image === 'ghcr.io/meridian/api:2'),
    ).toBe(true);

    cluster.apply(workload('Deployment'), seed);
    expect(deploymentOf(cluster).metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '3',
    });
    expect(cluster.list('replicasets.apps', namespace)).toHaveLength(2);
  });

  it('rolls out step by step and never takes too many away', () => {
    const timers = createManualTimers();
    const cluster = createClusterState({ name: 'staging' });
    cluster.apply(workload('Deployment'), seed);
    createWorkloadController({ cluster, timers, stepMs: 1000 });
    cluster.apply(
      workload('Deployment', { image: 'ghcr.io/meridian/api:2' }),
      seed,
    );
    const seen: unknown[] = [];
    for (let step = 0; step < 20 && timers.pending > 0; step++) {
      const status = deploymentOf(cluster).status;
      seen.push(at(status, 'updatedReplicas'));
      expect(at(status, 'availableReplicas')).toBeGreaterThanOrEqual(3);
      timers.advance(1000);
    }
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(deploymentOf(cluster).status).toMatchObject({
      replicas: 4,
      updatedReplicas: 4,
      availableReplicas: 4,
    });
    expect(cluster.list('pods', namespace)).toHaveLength(4);
  });

  it('hangs on an image that is not there, and keeps what runs', () => {
    const cluster = createClusterState({ name: 'staging' });
    createWorkloadController({
      cluster,
      isImageAvailable: image => !image.endsWith(':missing'),
    });
    cluster.apply(workload('Deployment'), seed);
    cluster.apply(
      workload('Deployment', { image: 'ghcr.io/meridian/api:missing' }),
      seed,
    );
    expect(deploymentOf(cluster).status).toMatchObject({
      observedGeneration: 2,
      updatedReplicas: 1,
      readyReplicas: 4,
      unavailableReplicas: 1,
    });
  });

  it('replaces a pod that is deleted and removes all with the deployment', () => {
    const cluster = createClusterState({ name: 'staging' });
    createWorkloadController({ cluster });
    cluster.apply(workload('Deployment'), seed);
    const [pod] = cluster.list('pods', namespace);
    cluster.delete('pods', pod.metadata.name, namespace);
    expect(cluster.list('pods', namespace)).toHaveLength(4);
    cluster.delete('deployments.apps', 'payment-api', namespace);
    expect(cluster.list('pods', namespace)).toEqual([]);
    expect(cluster.list('replicasets.apps', namespace)).toEqual([]);
  });

  it('scales a deployment up and down', () => {
    const cluster = createClusterState({ name: 'staging' });
    createWorkloadController({ cluster, pods: false });
    cluster.apply(workload('Deployment'), seed);
    for (const replicas of [7, 0, 2]) {
      cluster.apply(workload('Deployment', { replicas }), seed);
      expect(at(deploymentOf(cluster), 'status', 'readyReplicas') ?? 0).toBe(
        replicas,
      );
    }
    expect(cluster.list('pods', namespace)).toEqual([]);
  });

  it('gives stateful and daemon sets a status', () => {
    const cluster = createClusterState({ name: 'staging' });
    createWorkloadController({ cluster });
    cluster.apply(workload('StatefulSet', { replicas: 2 }), seed);
    expect(cluster.list('statefulsets.apps')[0].status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
    });
    expect(
      cluster.list('pods', namespace).map(pod => pod.metadata.name),
    ).toEqual(['payment-api-0', 'payment-api-1']);
    cluster.delete('statefulsets.apps', 'payment-api', namespace);
    cluster.apply(workload('DaemonSet'), seed);
    expect(cluster.list('daemonsets.apps')[0].status).toMatchObject({
      desiredNumberScheduled: 3,
      numberReady: 3,
    });
  });
});
