import type {
  ObservedRepository,
  ObservedRepositoryDelivery,
} from '../../observations/model';
import { codeTypes, defineFacts, type ValuesOf } from '../defineFacts';

const whether = { type: 'boolean', subjects: codeTypes } as const;

/*
 * Without administration rights GitHub answers as if a repository had no
 * classic rule: what guards the branch is then known, what does not is not.
 */
export const branchProtectionFacts = defineFacts({
  'branchProtection.present': {
    ...whether,
    description: 'Whether a rule or ruleset guards the default branch',
  },
  'branchProtection.pullRequests': {
    ...whether,
    description: 'Whether the default branch takes pull requests only',
  },
  'branchProtection.approvals': {
    type: 'number',
    unit: 'approvals',
    subjects: codeTypes,
    description: 'Approving reviews that a pull request needs',
  },
  'branchProtection.codeOwnerReviews': {
    ...whether,
    description: 'Whether code owners have to approve',
  },
  'branchProtection.statusChecks': {
    ...whether,
    description: 'Whether any check has to pass before a merge',
  },
  'branchProtection.signatures': {
    ...whether,
    description: 'Whether commits have to be signed',
  },
  'branchProtection.forcePushesBlocked': {
    ...whether,
    description: 'Whether nobody may force a push to the default branch',
  },
});

/** What guards a default branch, as far as GitHub lets us see it. */
export function deriveBranchProtection(
  { protection }: ObservedRepository,
  facts: ValuesOf<typeof branchProtectionFacts>,
): void {
  if (!protection) {
    return;
  }
  const { complete, approvals } = protection;
  const known = (holds: boolean) => holds || (complete ? false : undefined);
  facts['branchProtection.present'] = known(protection.rules.length > 0);
  facts['branchProtection.pullRequests'] = known(protection.pullRequests);
  facts['branchProtection.approvals'] = complete ? approvals : undefined;
  facts['branchProtection.codeOwnerReviews'] = known(
    protection.codeOwnerReviews,
  );
  facts['branchProtection.statusChecks'] = known(
    protection.statusChecks.length > 0,
  );
  facts['branchProtection.signatures'] = known(protection.signatures);
  facts['branchProtection.forcePushesBlocked'] = known(
    protection.forcePushes === 'blocked',
  );
}

/** What GitHub tells everybody, where the rules themselves do not say it. */
export function deriveBranchProtected(
  { protection }: ObservedRepository,
  delivery: ObservedRepositoryDelivery,
  facts: ValuesOf<typeof branchProtectionFacts>,
): void {
  if (!protection || (!protection.complete && !protection.rules.length)) {
    facts['branchProtection.present'] = delivery.defaultBranchProtected;
  }
}
