import { reduceBranchProtection } from './branchProtection';

const classic = {
  pattern: 'main',
  allowsForcePushes: false,
  allowsDeletions: false,
  requiredApprovingReviewCount: 1,
  requiredStatusCheckContexts: ['test', 'lint'],
  requiresCodeOwnerReviews: true,
  requiresLinearHistory: false,
};

const rule = (type: string, parameters: object | null = null) => ({
  type,
  parameters,
  repositoryRuleset: { name: 'Organization baseline' },
});

describe('reduceBranchProtection', () => {
  it('takes the strictest of classic rule and rulesets', () => {
    expect(
      reduceBranchProtection(
        {
          name: 'main',
          branchProtectionRule: {
            ...classic,
            requiresApprovingReviews: true,
            requiresCommitSignatures: false,
            isAdminEnforced: true,
          },
          refUpdateRule: null,
          rules: {
            nodes: [
              rule('PULL_REQUEST', {
                requiredApprovingReviewCount: 2,
                requireCodeOwnerReview: false,
              }),
              rule('REQUIRED_STATUS_CHECKS', {
                requiredStatusChecks: [
                  { context: 'sast' },
                  { context: 'test' },
                ],
              }),
              rule('REQUIRED_SIGNATURES'),
            ],
          },
        },
        false,
      ),
    ).toEqual({
      complete: true,
      rules: [
        { type: 'branch-protection', name: 'main' },
        { type: 'ruleset', name: 'Organization baseline' },
      ],
      pullRequests: true,
      approvals: 2,
      codeOwnerReviews: true,
      statusChecks: ['lint', 'sast', 'test'],
      signatures: true,
      linearHistory: false,
      forcePushes: 'blocked',
      deletion: 'blocked',
      administrators: true,
    });
  });

  it.each([
    ['knows that nothing guards a branch that it administers', true],
    ['does not take silence for an open branch', false],
  ])('%s', (_name, administers) => {
    expect(
      reduceBranchProtection(
        {
          branchProtectionRule: null,
          refUpdateRule: null,
          rules: { nodes: [] },
        },
        administers,
      ),
    ).toMatchObject({
      complete: administers,
      rules: [],
      pullRequests: false,
      approvals: 0,
      forcePushes: 'allowed',
    });
  });

  it('makes do with what everybody sees of a classic rule', () => {
    expect(
      reduceBranchProtection(
        {
          refUpdateRule: { ...classic, requiresSignatures: true },
          rules: { nodes: [] },
        },
        false,
      ),
    ).toMatchObject({
      complete: false,
      rules: [{ type: 'branch-protection', name: 'main' }],
      pullRequests: true,
      signatures: true,
      administrators: undefined,
    });
  });

  it.each([undefined, {}, { rules: null }, { rules: 'x', refUpdateRule: 3 }])(
    'says nothing of %j',
    branch => {
      expect(reduceBranchProtection(branch, true)).toBeUndefined();
    },
  );

  it('keeps names within bounds', () => {
    const protection = reduceBranchProtection(
      {
        branchProtectionRule: {
          ...classic,
          pattern: 'x'.repeat(1000),
          requiredStatusCheckContexts: Array(500).fill('c'.repeat(900)),
        },
        rules: {
          nodes: Array.from({ length: 400 }, (_, index) => ({
            ...rule('DELETION'),
            repositoryRuleset: { name: `${index} ${'n'.repeat(900)}` },
          })),
        },
      },
      false,
    );
    expect(JSON.stringify(protection).length).toBeLessThan(6_000);
  });
});
