import { durationMs } from '../duration';
import type { PolicyApproval } from '../PolicyDocument';
import type { Comparison } from './Comparison';

/** Holds two approval rules against each other. */
export function compareApprovals(
  before: PolicyApproval,
  after: PolicyApproval,
  comparison: Comparison,
): void {
  comparison.atLeast(before.count, after.count);
  comparison.byName(named(before), named(after), {
    // Who is required may vote as well: a group that was no approver is a way
    // in for its people.
    added: ({ name }) =>
      before.approvers.includes(name)
        ? comparison.tighter()
        : comparison.looser(),
    removed: () => comparison.looser(),
    both: (old, fresh) => comparison.atLeast(old.count, fresh.count),
  });
  comparison.fewer(before.approvers, after.approvers);
  comparison.fewer(before.fallback, after.fallback);
  comparison.atLeast(Number(before.presence), Number(after.presence));
  comparison.atLeast(Number(before.commentOnDeny), Number(after.commentOnDeny));
  comparison.atLeast(
    Number(before.separation === 'team'),
    Number(after.separation === 'team'),
  );
  comparison.atMost(
    durationMs(before.decideWithin),
    durationMs(after.decideWithin),
  );
  comparison.atMost(
    durationMs(before.executeWithin),
    durationMs(after.executeWithin),
  );
  comparison.fewer(
    before.escalation?.groups ?? [],
    after.escalation?.groups ?? [],
  );
  if (before.escalation && after.escalation) {
    comparison.atLeast(
      durationMs(before.escalation.after),
      durationMs(after.escalation.after),
    );
  }
}

function named(approval: PolicyApproval) {
  return approval.required.map(({ group, count }) => ({ name: group, count }));
}
