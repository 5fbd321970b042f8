export { createSimulatorServer } from './SimulatorServer';
export type {
  SimulatorServer,
  SimulatorServerOptions,
} from './SimulatorServer';
export type { Fault, Faults } from './faults';
export { createKubeconfig } from './kubeconfig';
export type { KubeconfigCluster } from './kubeconfig';
