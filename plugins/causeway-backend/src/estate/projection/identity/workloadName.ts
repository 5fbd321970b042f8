import { placeKey } from '../sortObservations';
import { stableNamespace } from './stableNamespace';
import type { IdentityRule } from './model';

/** The workload's own name within its namespace: what is left when nothing else speaks. */
export const workloadName: IdentityRule = {
  id: 'workload-name',
  identify(workload, { placeNames }) {
    const namespace = stableNamespace(workload.namespace, placeNames);
    return {
      key: placeKey('workload', namespace, workload.objectName),
      name: workload.objectName,
      namespace,
      evidence: `name ${workload.objectName} in namespace ${workload.namespace}`,
    };
  },
};
