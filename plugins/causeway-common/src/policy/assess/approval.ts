import {
  riskLevels,
  type ApprovalRequirement,
} from '../../governance/assessment';
import { builtInPolicy } from '../builtInPolicy';
import { durationMs } from '../duration';
import {
  policyDocument,
  type PolicyApproval,
  type PolicyDecision,
  type PolicyDocument,
} from '../PolicyDocument';

/** The approval rule of the schema's defaults: one of the owners. */
const plainApproval = policyDocument.parse({
  ...builtInPolicy,
  spec: {
    riskTiers: [
      { name: 'any', title: 'Any', level: 'critical', match: 'true' },
    ],
  },
}).spec.riskTiers[0].approval;

/** Whom a rule's `owner` stands for, and who asks. */
export interface People {
  owner: string | undefined;
  /** Groups of the requester; absent where they are not known. */
  requesterGroups: readonly string[] | undefined;
}

/** A rule with groups in the place of `owner`. */
export function resolveApproval(
  rule: PolicyApproval,
  people: People,
): ApprovalRequirement {
  const named = rule.approvers.flatMap(approver =>
    approver === 'owner' ? (people.owner ?? []) : approver,
  );
  const apart = (groups: readonly string[]) =>
    rule.separation === 'team'
      ? groups.filter(
          group => people.requesterGroups?.includes(group) === false,
        )
      : groups;
  const required = rule.required.map(({ group, count }) => ({ group, count }));
  return tidy({
    count: rule.count,
    required,
    approvers: [...apart(named), ...required.map(({ group }) => group)],
    presence: rule.presence,
    decideWithin: durationMs(rule.decideWithin),
    executeWithin: durationMs(rule.executeWithin),
    escalation: rule.escalation && {
      after: durationMs(rule.escalation.after),
      groups: [...apart(rule.escalation.groups)],
    },
    fallback: rule.fallback.length ? [...apart(rule.fallback)] : undefined,
    commentOnDeny: rule.commentOnDeny,
  });
}

/** What holds where no risk tier matches: all that the critical ones ask for. */
export function resolveDefaultApproval(
  document: PolicyDocument,
  people: People,
): ApprovalRequirement {
  const critical = document.spec.riskTiers
    .filter(({ level }) => level === riskLevels[0])
    .map(({ approval }) => resolveApproval(approval, people));
  const [first = resolveApproval(plainApproval, people), ...rest] = critical;
  return rest.reduce(joinApprovals, first);
}

/** Both at once; who may vote at all, the first one says. */
export function joinApprovals(
  first: ApprovalRequirement,
  second: Pick<ApprovalRequirement, 'count' | 'required' | 'presence'> &
    Partial<ApprovalRequirement>,
): ApprovalRequirement {
  const required = [...first.required];
  for (const one of second.required) {
    const at = required.findIndex(({ group }) => group === one.group);
    if (at === -1) {
      required.push(one);
    } else if (required[at].count < one.count) {
      required[at] = one;
    }
  }
  return tidy({
    ...first,
    count: Math.max(first.count, second.count),
    required,
    approvers: [...first.approvers, ...required.map(({ group }) => group)],
    presence: first.presence || second.presence,
    decideWithin: Math.min(first.decideWithin, second.decideWithin ?? Infinity),
    executeWithin: Math.min(
      first.executeWithin,
      second.executeWithin ?? Infinity,
    ),
    commentOnDeny: first.commentOnDeny || second.commentOnDeny === true,
  });
}

/** What a decision adds. */
export function raiseApproval(
  approval: ApprovalRequirement,
  raised: NonNullable<PolicyDecision['approval']>,
): ApprovalRequirement {
  return joinApprovals(approval, {
    count: raised.count ?? 0,
    required: raised.required ?? [],
    presence: raised.presence ?? false,
  });
}

/** A person fills one slot, so there are at least as many as are required. */
function tidy(approval: ApprovalRequirement): ApprovalRequirement {
  const needed = approval.required.reduce((sum, { count }) => sum + count, 0);
  return {
    ...approval,
    count: Math.max(approval.count, needed),
    approvers: [...new Set(approval.approvers)],
  };
}
