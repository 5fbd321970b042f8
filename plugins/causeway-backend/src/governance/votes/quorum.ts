import type {
  ApprovalRequirement,
  Quorum,
} from '@causeway/backstage-plugin-causeway-common';

/** Somebody who can fill a slot. */
export interface Person {
  ref: string;
  /** The same for every entity of one person. */
  identity: string;
  groups: readonly string[];
}

type Rule = Pick<ApprovalRequirement, 'count' | 'required'>;

/** One of each identity, with the groups of all its entities. */
function distinct(people: readonly Person[]): Person[] {
  const byIdentity = new Map<string, Person>();
  for (const person of people) {
    const known = byIdentity.get(person.identity);
    byIdentity.set(person.identity, {
      ...person,
      groups: [...(known?.groups ?? []), ...person.groups],
    });
  }
  return [...byIdentity.values()];
}

/**
 * Gives as many required slots as possible to people, one slot a person: a
 * maximum matching by augmenting paths, because a person of two groups may be
 * needed in either.
 */
function fillSlots(
  people: readonly Person[],
  required: Rule['required'],
): Map<number, number> {
  const slots = required.flatMap(({ group, count }, rule) =>
    Array.from({ length: count }, () => ({ group, rule })),
  );
  const holder = new Map<number, number>();
  const place = (person: number, tried: Set<number>): boolean =>
    slots.some(({ group }, slot) => {
      if (tried.has(slot) || !people[person].groups.includes(group)) {
        return false;
      }
      tried.add(slot);
      const held = holder.get(slot);
      if (held === undefined || place(held, tried)) {
        holder.set(slot, person);
        return true;
      }
      return false;
    });
  people.forEach((_, person) => place(person, new Set()));
  const filled = new Map<number, number>();
  for (const slot of holder.keys()) {
    const { rule } = slots[slot];
    filled.set(rule, (filled.get(rule) ?? 0) + 1);
  }
  return filled;
}

function nameOf(group: string): string {
  return group.replace(/^group:default\//, '');
}

/** How far approvals of some people go. */
function measure(approvers: readonly Person[], rule: Rule) {
  const people = distinct(approvers);
  const filled = fillSlots(people, rule.required);
  const required = rule.required.map(({ group, count }, at) => ({
    group,
    needed: count,
    have: filled.get(at) ?? 0,
  }));
  const met =
    people.length >= rule.count &&
    required.every(({ needed, have }) => have >= needed);
  return { approvals: people.length, required, met };
}

function describeMissing(
  { approvals, required, met }: ReturnType<typeof measure>,
  count: number,
): string {
  if (met) {
    return 'Nothing is missing';
  }
  const open = required.flatMap(({ group, needed, have }) =>
    needed > have ? [`${needed - have} from ${nameOf(group)}`] : [],
  );
  const missing = Math.max(
    count - approvals,
    required.reduce((sum, { needed, have }) => sum + needed - have, 0),
  );
  return open.length === 0
    ? `${missing} more`
    : `${missing} more, ${open.join(' and ')}`;
}

/**
 * How far a request is from being approved.
 *
 * @param approvers - who approved, and may
 * @param candidates - everybody who could, approvers among them
 */
export function countQuorum(
  approvers: readonly Person[],
  candidates: readonly Person[],
  rule: Rule,
): Quorum {
  const now = measure(approvers, rule);
  return {
    ...now,
    needed: rule.count,
    feasible: now.met || measure([...approvers, ...candidates], rule).met,
    missing: describeMissing(now, rule.count),
  };
}
