import type {
  ApprovalRequirement,
  Assessment,
} from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from './GateParts';
import { countQuorum, type Person } from '../votes/quorum';
import { decidersOf } from './evolve';

/** Everybody who could vote: members of the groups without those who ask. */
export async function findCandidates(
  { membership }: Pick<GateParts, 'membership'>,
  groups: readonly string[],
  barred: readonly string[],
): Promise<Person[]> {
  const people = await membership.members(groups);
  const who = new Set(barred);
  const asking = new Set(
    [...(await membership.people(barred)).values()].map(
      ({ identity }) => identity,
    ),
  );
  return people.filter(
    person =>
      !who.has(person.ref) &&
      !asking.has(person.identity) &&
      !person.groups.some(group => who.has(group)),
  );
}

/** Who may vote on something, and whether they can make the quorum. */
export interface FoundDeciders {
  deciders: string[];
  feasible: boolean;
  missing: string;
}

/** The groups that decide: the approvers, and the fallback where those cannot make the quorum. */
export async function findDeciders(
  parts: Pick<GateParts, 'membership'>,
  assessment: Pick<Assessment, 'approval'>,
  barred: readonly string[],
): Promise<FoundDeciders> {
  const { approval } = assessment;
  const judge = async (groups: string[], rule: ApprovalRequirement) => {
    // Nobody of a group that asks, or answers for it, can decide.
    const deciders = groups.filter(group => !barred.includes(group));
    const candidates = await findCandidates(parts, deciders, barred);
    const { feasible } = countQuorum([], candidates, rule);
    const { missing } = countQuorum(candidates, [], rule);
    return { deciders, feasible, missing };
  };
  const first = await judge(decidersOf(assessment), approval);
  if (first.feasible || !approval.fallback) {
    return first;
  }
  return judge(
    [...new Set([...first.deciders, ...approval.fallback])].sort(),
    approval,
  );
}
