import { argocdPath } from './argocdPath';
import { labels } from './labels';
import type { Identity, IdentityContext, IdentityRule } from './model';
import { workloadName } from './workloadName';
import type { WorkloadSubject } from '../subjects';

/**
 * The rules that tell a service by what the sources report, in order. The
 * annotation and hand-written claims come before them; they need all services
 * to be known and stand in `services.ts` and `claims.ts`.
 */
export const identityRules: IdentityRule[] = [argocdPath, labels, workloadName];

/** The first rule that speaks; the last one always does. */
export function identify(
  workload: WorkloadSubject,
  context: IdentityContext,
): Identity {
  for (const rule of identityRules) {
    const identity = rule.identify(workload, context);
    if (identity) {
      return { ...identity, rule: rule.id };
    }
  }
  throw new Error(`No identity rule speaks of ${workload.ref}`);
}
