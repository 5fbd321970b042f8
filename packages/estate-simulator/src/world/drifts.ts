import { pauseCanary } from '../kubernetes/workloads/rollouts';
import { DriftSeed } from '../seed/model';
import { asObject, asObjects } from '../argocd/json';
import { EstateWorld } from './EstateWorld';
import { WorldClock } from './WorldClock';

/** Commits what nobody has synced: the applications are behind Git. */
export function commitUnsynced(
  world: EstateWorld,
  clock: WorldClock,
  at: (daysAgo: number) => Date,
): void {
  for (const drift of world.company.drifts) {
    if (drift.what === 'commit-not-synced') {
      clock.travel(at(0.3));
      world.releaseVersion({ ...drift, login: 'elena-petrova' });
    }
  }
}

/** Changes live objects past Git. */
export function applyDrifts(world: EstateWorld): void {
  world.company.drifts.forEach(drift => applyDrift(world, drift));
}

function applyDrift(world: EstateWorld, drift: DriftSeed): void {
  if (drift.what === 'commit-not-synced' || drift.what === 'image-missing') {
    return;
  }
  if (drift.what === 'canary-paused') {
    const { cluster, namespace, workload } = drift;
    const state = world.cluster(cluster);
    pauseCanary(state, state.get('rollouts.argoproj.io', workload, namespace)!);
    return;
  }
  world.editLive(
    {
      cluster: drift.cluster,
      type: 'deployments.apps',
      namespace: drift.namespace,
      name: drift.workload,
      manager: drift.by,
      subresource: drift.what === 'replicas-scaled' ? 'scale' : undefined,
    },
    ({ spec }) => {
      if (drift.what === 'replicas-scaled') {
        asObject(spec).replicas = drift.value;
      } else {
        const pod = asObject(asObject(asObject(spec).template).spec);
        asObjects(pod.containers)[0].image = drift.value;
      }
    },
  );
}
