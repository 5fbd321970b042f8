import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { installType } from '../installType';

const group = 'kargo.akuity.io';

const types = [
  { plural: 'projects', kind: 'Project', cluster: true },
  { plural: 'warehouses', kind: 'Warehouse' },
  { plural: 'stages', kind: 'Stage' },
  { plural: 'freights', kind: 'Freight' },
  { plural: 'promotions', kind: 'Promotion', shortNames: ['promo', 'promos'] },
];

/** API version of Kargo's kinds. */
export const kargoVersion = `${group}/v1alpha1`;

/** Installs the kinds of Kargo, as its chart does. */
export function installKargoTypes(cluster: SimulatedCluster): void {
  for (const type of types) {
    installType(cluster, { group, version: 'v1alpha1', ...type });
  }
}
