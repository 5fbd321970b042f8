import type { ApprovalRequirement } from '@causeway/backstage-plugin-causeway-common';
import {
  namedOperations,
  type PolicyDocument,
  resolveApproval,
} from '@causeway/backstage-plugin-causeway-common/policy';
import type { Membership } from '../votes/Membership';
import { countQuorum } from '../votes/quorum';

/** What a policy is held against. */
export interface PolicySurroundings {
  membership: Pick<Membership, 'members'>;
  /** Names of the operations that can be asked for. */
  operations: readonly string[];
}

/** Why the people that there are cannot make an approval, where they cannot. */
async function findMissingPeople(
  { membership }: PolicySurroundings,
  approval: ApprovalRequirement,
  byOwner: boolean,
): Promise<string[]> {
  const groups = [
    ...approval.approvers,
    ...(approval.fallback ?? []),
    ...(approval.escalation?.groups ?? []),
  ];
  const empty: string[] = [];
  for (const group of new Set(groups)) {
    if ((await membership.members([group])).length === 0) {
      empty.push(
        `${group} has no members, is not in the catalog, or comes from a place that causeway.gate.peopleFrom does not name`,
      );
    }
  }
  const people = await membership.members([
    ...approval.approvers,
    ...(approval.fallback ?? []),
  ]);
  // Whoever owns the target is known only with the target: what takes no more
  // than the required groups is held against those alone.
  const rule = byOwner ? { ...approval, count: 0 } : approval;
  return countQuorum([], people, rule).feasible
    ? empty
    : [
        ...empty,
        `nobody can approve it: ${countQuorum(people, [], rule).missing} than there are`,
      ];
}

/**
 * What a policy says and nobody can do: a load cannot find it, because it
 * follows from the catalog and from what is installed.
 */
export async function findPolicyFaults(
  surroundings: PolicySurroundings,
  document: PolicyDocument,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, approval } of document.spec.riskTiers) {
    const where = `riskTiers/${name}`;
    const missing = await findMissingPeople(
      surroundings,
      resolveApproval(approval, { owner: undefined, requesterGroups: [] }),
      approval.approvers.includes('owner'),
    );
    faults.push(...missing.map(one => `${where}: ${one}`));
    if (approval.presence) {
      faults.push(
        `${where}: it asks for proof of presence, and this portal takes none yet: what it reviews is refused`,
      );
    }
  }
  for (const { rule, operation } of namedOperations(document.spec)) {
    if (!surroundings.operations.includes(operation)) {
      faults.push(
        `${rule}: there is no operation '${operation}': install what adds it, or correct the name`,
      );
    }
  }
  return faults;
}
