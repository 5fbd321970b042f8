import type { ObservedBranchProtection } from '../../../observations/model';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
  texts,
} from '../../read';

const maxRules = 20;

const maxChecks = 50;

/**
 * What guards a branch, from a `Ref` of GitHub's GraphQL: the strictest of its
 * classic rule and of the rules of all active rulesets.
 *
 * @param administers - whether the credentials administer the repository: then no rule means that there is none
 */
export function reduceBranchProtection(
  branch: JsonRecord | undefined,
  administers: boolean,
): ObservedBranchProtection | undefined {
  const administered = record(branch?.branchProtectionRule);
  const classic = administered ?? record(branch?.refUpdateRule);
  const rulesets = record(branch?.rules);
  if (!branch || (!rulesets && !classic)) {
    return undefined;
  }
  const rules = records(rulesets?.nodes, 50);
  const parametersOf = (type: string) =>
    rules
      .filter(rule => rule.type === type)
      .map(rule => record(rule.parameters) ?? {});
  const reviews = parametersOf('PULL_REQUEST');
  const has = (type: string) => rules.some(rule => rule.type === type);
  const approvals = [classic, ...reviews].map(
    one => integer(one?.requiredApprovingReviewCount) ?? 0,
  );
  const checks = [
    ...texts(classic?.requiredStatusCheckContexts, maxChecks, 200),
    ...parametersOf('REQUIRED_STATUS_CHECKS').flatMap(one =>
      records(one.requiredStatusChecks, maxChecks).flatMap(
        check => text(check.context, 200) ?? [],
      ),
    ),
  ];
  return {
    complete:
      rulesets !== undefined && (administered !== undefined || administers),
    rules: namesOf(classic, rules),
    pullRequests:
      reviews.length > 0 ||
      administered?.requiresApprovingReviews === true ||
      Math.max(...approvals) > 0,
    approvals: Math.max(...approvals),
    codeOwnerReviews:
      classic?.requiresCodeOwnerReviews === true ||
      reviews.some(one => one.requireCodeOwnerReview === true),
    statusChecks: [...new Set(checks)].sort().slice(0, maxChecks),
    signatures:
      has('REQUIRED_SIGNATURES') ||
      (administered?.requiresCommitSignatures ??
        classic?.requiresSignatures) === true,
    linearHistory:
      has('REQUIRED_LINEAR_HISTORY') || classic?.requiresLinearHistory === true,
    forcePushes:
      has('NON_FAST_FORWARD') || classic?.allowsForcePushes === false
        ? 'blocked'
        : 'allowed',
    deletion:
      has('DELETION') || classic?.allowsDeletions === false
        ? 'blocked'
        : 'allowed',
    administrators: administered && administered.isAdminEnforced === true,
  };
}

function namesOf(
  classic: JsonRecord | undefined,
  rules: readonly JsonRecord[],
): ObservedBranchProtection['rules'] {
  const rulesets = rules.flatMap(
    rule => text(record(rule.repositoryRuleset)?.name, 100) ?? [],
  );
  return [
    ...(classic
      ? [
          {
            type: 'branch-protection' as const,
            name: text(classic.pattern, 200) ?? '',
          },
        ]
      : []),
    ...[...new Set(rulesets)]
      .sort()
      .map(name => ({ type: 'ruleset' as const, name })),
  ].slice(0, maxRules);
}
