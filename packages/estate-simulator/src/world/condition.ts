import { SimulatedCluster } from '../kubernetes/ClusterState';

/** A condition as controllers write it. */
export function condition(
  cluster: SimulatedCluster,
  type: string,
  status: boolean | string,
  reason: string,
  message?: string,
) {
  const text = { true: 'True', false: 'False' }[String(status)];
  return {
    type,
    status: text ?? String(status),
    reason,
    ...(message && { message }),
    lastTransitionTime: cluster
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
  };
}
