import type {
  ApprovalRequirement,
  Quorum,
} from '@causeway/backstage-plugin-causeway-common';

/** What is missing until a request is approved. */
export interface Missing {
  /** People in all. */
  people: number;
  /** Groups of which some of them must be. */
  groups: { group: string; count: number }[];
}

export function missingVotes(quorum: Quorum): Missing {
  const groups = quorum.required
    .map(({ group, needed, have }) => ({ group, count: needed - have }))
    .filter(({ count }) => count > 0);
  return {
    people: Math.max(
      quorum.needed - quorum.approvals,
      // One person fills one slot, so that full numbers can still lack a group.
      groups.reduce((sum, { count }) => sum + count, 0),
      0,
    ),
    groups,
  };
}

/** Groups whose members may vote at `now`, escalation included once it is due. */
export function deciders(
  approval: ApprovalRequirement,
  createdAt: number,
  now: number,
): string[] {
  const { escalation } = approval;
  const isEscalated =
    escalation !== undefined && now >= createdAt + escalation.after;
  return [
    ...new Set([
      ...approval.approvers,
      ...approval.required.map(({ group }) => group),
      ...(isEscalated ? escalation.groups : []),
    ]),
  ];
}
