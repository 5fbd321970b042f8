import { argocd, clusters, namespaces } from './clusters';
import { datastores } from './datastores';
import { kargo } from './kargo';
import { CompanySeed } from './model';
import { people } from './people';
import { personas } from './personas';
import { platform } from './platform';
import { repositories } from './repositories';
import { services } from './services';
import { teams } from './teams';
import { drifts, unmanaged, unmanagedDatastores } from './untidiness';

/** Meridian: a small bank and shop. */
export const meridian: CompanySeed = {
  name: 'Meridian',
  organization: 'meridian',
  gitOpsRepository: 'deployments',
  teams,
  people,
  personas,
  clusters,
  argocd,
  namespaces,
  services,
  datastores,
  repositories,
  kargo,
  unmanaged,
  unmanagedDatastores,
  drifts,
  platform,
};
