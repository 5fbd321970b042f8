import {
  builtInPolicy,
  policyHash,
} from '@causeway/backstage-plugin-causeway-common/policy';
import { contentHash } from '../../estate/contentHash';
import type { NamedPolicy } from './PolicyStore';

/** Name of the policy that holds where there are no files. */
export const builtInOrigin = 'built in';

/** What holds where there is no policy at all. */
export const builtIn: NamedPolicy = {
  hash: policyHash(builtInPolicy, contentHash),
  origin: builtInOrigin,
  document: builtInPolicy,
};
