import { ClusterSeed, CompanySeed, Environment, ServiceSeed } from './model';

/** How long ago a service started when its seed does not tell. */
export const DEFAULT_STARTED_DAYS_AGO = 210;

const usualReplicas: Record<Environment, number> = {
  development: 1,
  staging: 2,
  production: 3,
};

/** Replicas that a workload gets in a cluster unless its seed says otherwise. */
export function replicasIn(
  cluster: ClusterSeed,
  workload: ServiceSeed['workloads'][number],
): number {
  return (
    workload.replicas?.[cluster.name] ?? usualReplicas[cluster.environment]
  );
}

/** Folder of a service's manifests, and stem of its applications' names. */
export function applicationOf(service: ServiceSeed): string {
  return service.application ?? service.name;
}

/** Argo CD project of a service. */
export function projectOf(service: ServiceSeed): string {
  return service.project ?? service.team;
}

/** Looks up a cluster's seed by name; throws when there is none. */
export function clusterOf(company: CompanySeed, name: string): ClusterSeed {
  const cluster = company.clusters.find(candidate => candidate.name === name);
  if (!cluster) {
    throw new Error(`The company ${company.name} has no cluster '${name}'`);
  }
  return cluster;
}
