import { crossplane } from './crossplane';
import { kagent } from './kagent';
import type { PlatformSeed } from './model';
import { policyResults } from './policies';
import { secrets } from './secrets';

/** What Meridian's platform adds to Kubernetes itself. */
export const platform: PlatformSeed = {
  crossplane,
  secrets,
  kagent,
  policyResults,
};
