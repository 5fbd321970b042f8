import {
  worstHealth,
  type Health,
  type RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import { compareEnvironments } from '../lib/environments';

/** One line about one environment. */
export interface EnvironmentSummary {
  environment?: string;
  places: number;
  versions: string[];
  ready: number;
  desired: number;
  health: Health;
  /** Whether all of it runs on a schedule. */
  scheduled: boolean;
  outOfSync: boolean;
  stale: boolean;
}

/** Whether it runs on a schedule, not all the time. */
export function isScheduled(
  instance: Pick<RunningInstance, 'workloadKind'>,
): boolean {
  return instance.workloadKind === 'CronJob';
}

/** The instances of each environment in one line, production first. */
export function summarizeByEnvironment(
  instances: RunningInstance[],
): EnvironmentSummary[] {
  const groups = new Map<string | undefined, RunningInstance[]>();
  for (const instance of instances) {
    const key = instance.environment?.value;
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  return [...groups]
    .sort(([a], [b]) => compareEnvironments(a, b))
    .map(([environment, group]) => ({
      environment,
      places: group.length,
      versions: [...new Set(group.flatMap(({ version }) => version ?? []))],
      ready: group.reduce((sum, i) => sum + (i.replicas?.ready ?? 0), 0),
      desired: group.reduce((sum, i) => sum + (i.replicas?.desired ?? 0), 0),
      health: worstHealth(group.map(({ health }) => health)) ?? 'unknown',
      scheduled: group.every(isScheduled),
      outOfSync: group.some(({ sync }) => sync === 'out-of-sync'),
      stale: group.some(({ freshness }) => freshness.state !== 'fresh'),
    }));
}

/** Production first, then by cluster, namespace and name. */
export function sortInstances(instances: RunningInstance[]): RunningInstance[] {
  return [...instances].sort(
    (a, b) =>
      compareEnvironments(a.environment?.value, b.environment?.value) ||
      a.cluster.localeCompare(b.cluster) ||
      a.namespace.localeCompare(b.namespace) ||
      a.title.localeCompare(b.title),
  );
}
