import { connection, ConnectionArguments } from '../connection';
import { protectionOf } from '../delivery';
import { databaseId, HostedRepository, nodeId } from '../GitHubModel';
import type { GraphContext } from './GraphContext';

/** What guards the default branch, as far as the caller may see it. */
export function protectionNodes(
  { access, model }: GraphContext,
  repository: HostedRepository,
) {
  const { seed, git } = repository;
  const protection = model.protection(seed.name) ?? protectionOf(repository);
  const review = {
    requiredApprovingReviewCount: 1,
    requiredStatusCheckContexts: seed.workflow ? ['test'] : [],
    requiresCodeOwnerReviews: Boolean(seed.codeowners),
    requiresLinearHistory: true,
    requiresConversationResolution: false,
    allowsForcePushes: false,
    allowsDeletions: false,
    blocksCreations: false,
  };
  // Without administration rights GitHub answers as if there were none.
  const rule =
    protection.classic && access.member
      ? {
          __typename: 'BranchProtectionRule',
          id: nodeId('BPR', seed.name),
          databaseId: databaseId(`protection ${seed.name}`),
          pattern: git.defaultBranch,
          isAdminEnforced: false,
          requiresApprovingReviews: true,
          requiresStatusChecks: Boolean(seed.workflow),
          requiresStrictStatusChecks: false,
          requiresCommitSignatures: false,
          dismissesStaleReviews: true,
          restrictsPushes: false,
          ...review,
        }
      : undefined;
  const rules = protection.rulesets.flatMap(name => {
    const ruleOf = (type: string, parameters: object | null = null) => ({
      __typename: 'RepositoryRule',
      id: nodeId('RRU', `${seed.name}/${name}/${type}`),
      type,
      parameters,
      repositoryRuleset: {
        __typename: 'RepositoryRuleset',
        id: nodeId('RRS', `${seed.name}/${name}`),
        databaseId: databaseId(`ruleset ${seed.name}`),
        name,
        enforcement: 'ACTIVE',
        target: 'BRANCH',
      },
    });
    return [
      ruleOf('DELETION'),
      ruleOf('NON_FAST_FORWARD'),
      ruleOf('PULL_REQUEST', {
        __typename: 'PullRequestParameters',
        allowedMergeMethods: ['squash'],
        dismissStaleReviewsOnPush: true,
        requireCodeOwnerReview: Boolean(seed.codeowners),
        requireLastPushApproval: false,
        requiredApprovingReviewCount: 2,
        requiredReviewThreadResolution: false,
      }),
      ...(seed.workflow
        ? [
            ruleOf('REQUIRED_STATUS_CHECKS', {
              __typename: 'RequiredStatusChecksParameters',
              doNotEnforceOnCreate: false,
              requiredStatusChecks: [
                {
                  __typename: 'StatusCheckConfiguration',
                  context: 'test',
                  integrationId: null,
                },
              ],
              strictRequiredStatusChecksPolicy: false,
            }),
          ]
        : []),
    ];
  });
  return {
    branchProtectionRules: (args: ConnectionArguments) =>
      connection('branchProtectionRules', rule ? [rule] : [], args),
    /** Fields of the `Ref` of a branch. */
    ofBranch: (name: string) =>
      name === git.defaultBranch
        ? {
            branchProtectionRule: rule ?? null,
            // Said to be what applies to the viewer, who is no pusher here.
            refUpdateRule: null,
            rules: (args: ConnectionArguments) =>
              connection('rules', rules, args),
          }
        : {
            branchProtectionRule: null,
            refUpdateRule: null,
            rules: (args: ConnectionArguments) => connection('rules', [], args),
          },
  };
}
