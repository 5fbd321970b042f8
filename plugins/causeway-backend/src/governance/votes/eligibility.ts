import type { Choice } from '@causeway/backstage-plugin-causeway-common';
import type { Principal } from '../principals/Principal';
import type { StoredRequest } from '../requests/StoredRequest';

/** What of a request decides who may vote on it. */
export type Votable = Pick<
  StoredRequest,
  'state' | 'requester' | 'deciders' | 'approval'
>;

/** A voter, as the catalog knows the person now. */
export interface Voter {
  principal: Principal;
  /** Every group that the person belongs to, from trusted sources. */
  groups: readonly string[];
}

const no = (why: string): Choice => ({ allowed: false, why });

function list(groups: readonly string[]): string {
  return groups.map(group => group.replace(/^group:default\//, '')).join(', ');
}

/** Whether somebody belongs to those who asked: they never vote, reconcile or review (THREATS H2). */
export function isOfRequesters(
  { requester }: Pick<Votable, 'requester'>,
  refs: readonly string[],
): boolean {
  return requester.set.some(ref => refs.includes(ref));
}

/**
 * A person without anything between: who alone may decide anything (DECISIONS 1).
 *
 * @param act - what people alone do, for the reason
 */
export function isPerson(
  { principal }: Pick<Voter, 'principal'>,
  act = 'vote',
): Choice {
  if (principal.kind !== 'user') {
    return no(`Only people ${act}, and this is a service`);
  }
  return principal.actor
    ? no(
        `Only people ${act}, and this call comes through ${principal.actor}: do it in the portal`,
      )
    : { allowed: true };
}

/** Whether votes can still change what becomes of a request. */
export function isOpen({ state }: Pick<Votable, 'state'>): boolean {
  return state === 'pending' || state === 'approved';
}

/** Whether somebody may vote on a request, whatever the vote. */
export function mayVote(request: Votable, voter: Voter): Choice {
  const person = isPerson(voter);
  if (!person.allowed) {
    return person;
  }
  const { ref } = voter.principal;
  if (!isOpen(request)) {
    return no(`It is ${request.state}: there is nothing left to vote on`);
  }
  if (isOfRequesters(request, [ref, ...voter.groups])) {
    return no(
      'You belong to those who asked for it, and others have to decide',
    );
  }
  if (!request.deciders.some(group => voter.groups.includes(group))) {
    return no(`Members of ${list(request.deciders)} decide about it`);
  }
  if (request.approval.presence) {
    return no(
      'The policy wants proof that you are there for this vote, and passkeys are not set up in this portal',
    );
  }
  return { allowed: true };
}
