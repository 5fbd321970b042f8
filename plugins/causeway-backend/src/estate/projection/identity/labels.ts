import { placeKey } from '../sortObservations';
import { stableNamespace } from './stableNamespace';
import type { IdentityRule } from './model';

export const nameLabel = 'app.kubernetes.io/name';
const partOfLabel = 'app.kubernetes.io/part-of';

/** The labels that Kubernetes recommends: the name, within what it is part of or its namespace. */
export const labels: IdentityRule = {
  id: 'labels',
  identify(workload, { placeNames }) {
    const name = workload.labels[nameLabel];
    if (!name) {
      return undefined;
    }
    const namespace = stableNamespace(workload.namespace, placeNames);
    const partOf = workload.labels[partOfLabel];
    return {
      key: placeKey(
        'labels',
        partOf ? `part-of ${partOf}` : `namespace ${namespace}`,
        name,
      ),
      name,
      namespace,
      evidence: partOf
        ? `labels name ${name}, part of ${partOf}`
        : `label name ${name} in namespace ${workload.namespace}`,
    };
  },
};
