export * from './model';
export { createClusterState } from './ClusterState';
export type { ClusterStateOptions } from './ClusterState';
export type { SimulatedCluster, StoreOptions } from './SimulatedCluster';
export { createKubernetesApi } from './api/KubernetesApi';
export type { KubernetesApiOptions } from './api/KubernetesApi';
export { adminRules, readerRules } from './api/access';
export type { AccessRule, AccessToken } from './api/access';
export { createManualTimers, systemTimers } from './Timers';
export type { ManualTimers, Timers } from './Timers';
export { createWorkloadController } from './workloads/WorkloadController';
export type {
  WorkloadController,
  WorkloadControllerOptions,
} from './workloads/WorkloadController';
