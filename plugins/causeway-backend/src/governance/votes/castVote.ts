import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { Vote } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { reserveFor } from '../budget/reserveFor';
import type { Ballot } from '../Gate';
import type { Caller } from '../principals/Principal';
import { approve, become } from '../requests/evolve';
import type { GateParts } from '../requests/GateParts';
import type { LockedRequest, NewEvent } from '../requests/RequestStore';
import type { StoredRequest } from '../requests/StoredRequest';
import { isOpen, isPerson, mayVote } from './eligibility';
import { countQuorum, type Person } from './quorum';
import { countOf } from '@causeway/backstage-plugin-causeway-common';

/** Votes that stand. */
export function standing(votes: readonly Vote[]): Vote[] {
  return votes.filter(({ withdrawnAt }) => withdrawnAt === undefined);
}

/**
 * People whose approvals count: they still are who may decide, by what the
 * catalog says of them now.
 */
export function countingApprovers(
  request: Pick<StoredRequest, 'deciders' | 'requester' | 'digest'>,
  votes: readonly Vote[],
  people: ReadonlyMap<string, Person>,
): Person[] {
  return standing(votes).flatMap(({ voter, decision, digest }) => {
    const person = people.get(voter);
    return person &&
      decision === 'approve' &&
      digest === request.digest &&
      request.deciders.some(group => person.groups.includes(group)) &&
      !asksToo(request, person, people)
      ? [person]
      : [];
  });
}

/** Whether a person is among those who asked, by whatever entity. */
export function asksToo(
  { requester }: Pick<StoredRequest, 'requester'>,
  person: Person,
  people: ReadonlyMap<string, Person>,
): boolean {
  return requester.set.some(
    ref =>
      ref === person.ref ||
      person.groups.includes(ref) ||
      people.get(ref)?.identity === person.identity,
  );
}

/** A voter turned up of whom nothing was read yet: read again. */
class UnknownVoter extends Error {}

interface Cast {
  request: StoredRequest;
  event: NewEvent['type'];
}

const mostReads = 5;

/** Casts a person's vote; the one that completes the quorum approves, and any denial denies. */
export async function castVote(
  parts: GateParts,
  id: string,
  ballot: Ballot,
  caller: Caller,
): Promise<void> {
  const { principal } = caller;
  if (principal.kind !== 'user') {
    throw new NotAllowedError('Only people vote, and this is a service');
  }
  for (let attempt = 1; ; attempt++) {
    const { request: seen, votes } = await parts.store.read(id);
    const people = await parts.membership.people([
      principal.ref,
      ...standing(votes).map(({ voter }) => voter),
      ...seen.requester.set,
    ]);
    const now = await parts.now();
    try {
      const { request, event } = await parts.database.transaction(trx =>
        castLocked(parts, trx, { id, ballot, caller, people, now }),
      );
      parts.announcer.changed(request, event);
      parts.wake();
      return;
    } catch (error) {
      if (!(error instanceof UnknownVoter) || attempt === mostReads) {
        throw error;
      }
    }
  }
}

async function castLocked(
  parts: GateParts,
  trx: Knex.Transaction,
  context: {
    id: string;
    ballot: Ballot;
    caller: Caller;
    people: ReadonlyMap<string, Person>;
    now: number;
  },
): Promise<Cast> {
  const { id, ballot, caller, people, now } = context;
  const voter = people.get(caller.principal.ref);
  const locked = await parts.store.lock(trx, id);
  const { request } = locked;
  const may = mayVote(request, {
    principal: caller.principal,
    groups: voter?.groups ?? [],
  });
  if (!may.allowed || !voter) {
    const why = may.why ?? 'The catalog does not know you';
    throw isPerson(caller).allowed && !isOpen(request)
      ? new ConflictError(why)
      : new NotAllowedError(why);
  }
  if (asksToo(request, voter, people)) {
    throw new NotAllowedError(
      'You belong to those who asked for it, by another entity of yours; others have to decide',
    );
  }
  if (ballot.digest !== request.digest) {
    throw new ConflictError(
      'The request has changed since you looked at it: look at what is asked now, and vote again',
    );
  }
  if (
    request.decideBy !== undefined &&
    request.state === 'pending' &&
    request.decideBy <= now
  ) {
    throw new ConflictError('The time to decide is over');
  }
  if (
    ballot.decision === 'deny' &&
    request.approval.commentOnDeny &&
    !ballot.comment?.trim()
  ) {
    throw new InputError(
      'A denial needs a comment: say what would have to be different',
    );
  }
  const votes = standing(await parts.store.votes(trx, id));
  if (votes.some(one => !people.has(one.voter))) {
    throw new UnknownVoter();
  }
  const own = votes.find(one => one.voter === voter.ref);
  if (own?.decision === ballot.decision) {
    throw new ConflictError('You have voted so already');
  }
  if (own) {
    await parts.store.withdrawVotes(trx, id, {
      voter: voter.ref,
      at: now,
      why: 'turned into a denial',
    });
  }
  const vote: Vote = {
    id: randomUUID(),
    voter: voter.ref,
    decision: ballot.decision,
    comment: ballot.comment?.trim() || undefined,
    at: now,
    digest: request.digest,
    presence: 'unattested',
    lookedFor: ballot.lookedFor,
  };
  await parts.store.addVote(trx, id, vote);
  return vote.decision === 'deny'
    ? deny(parts, trx, locked, vote)
    : count(parts, trx, locked, { vote, votes, people });
}

const record = (vote: Vote) => ({
  detail: {
    vote: {
      id: vote.id,
      decision: vote.decision,
      presence: vote.presence,
      ...(vote.lookedFor !== undefined && { lookedFor: vote.lookedFor }),
    },
  },
  ...(vote.comment && { erasable: { comment: vote.comment } }),
});

async function deny(
  parts: GateParts,
  trx: Knex.Transaction,
  locked: LockedRequest,
  vote: Vote,
): Promise<Cast> {
  const { request } = locked;
  const after: StoredRequest = {
    ...become(request, 'denied', {
      at: vote.at,
      why: vote.comment ?? `Denied by ${vote.voter}`,
    }),
    decidedBy: vote.voter,
  };
  await parts.budget.release(trx, request.id, vote.at, 'returned');
  await parts.admission.denied(trx, {
    key: request.agentKey ?? request.requester.ref,
    operation: request.operation.name,
    target: request.target.entityRef,
    requestId: request.id,
    at: vote.at,
  });
  const saved = await parts.journal.write(trx, locked, after, {
    ...record(vote),
    events: [
      { type: 'VoteCast', by: vote.voter, message: 'Denied' },
      { type: 'Denied', by: vote.voter, message: 'Any denial ends a request' },
    ],
    work: { dueAt: undefined },
  });
  return { request: saved, event: 'Denied' };
}

async function count(
  parts: GateParts,
  trx: Knex.Transaction,
  locked: LockedRequest,
  counted: { vote: Vote; votes: Vote[]; people: ReadonlyMap<string, Person> },
): Promise<Cast> {
  const { request } = locked;
  const { vote, votes, people } = counted;
  if (request.state !== 'pending') {
    throw new ConflictError(`It is ${request.state} already`);
  }
  if (['refuse', 'manual'].includes(request.assessment.outcome)) {
    // Tier 3 is never automated, whoever approves.
    throw new ConflictError(
      `It cannot be approved now: ${request.assessment.summary}`,
    );
  }
  const approvers = countingApprovers(request, [...votes, vote], people);
  const quorum = countQuorum(approvers, [], request.approval);
  const cast: NewEvent = {
    type: 'VoteCast',
    by: vote.voter,
    message: 'Approved',
  };
  if (!quorum.met) {
    const saved = await parts.journal.write(
      trx,
      locked,
      { ...request, updatedAt: vote.at },
      { ...record(vote), events: [cast] },
    );
    return { request: saved, event: 'VoteCast' };
  }
  const by = approvers.map(({ ref }) => ref).sort();
  const after = approve(request, {
    at: vote.at,
    by: by.join(', '),
    why: `Approved by ${countOf(by.length, 'person', 'people')}`,
  });
  // Refuses where a limit would be overspent; the vote is not counted then.
  await reserveFor(parts, trx, after);
  const saved = await parts.journal.write(trx, locked, after, {
    ...record(vote),
    events: [
      cast,
      { type: 'Approved', by: 'gate', message: after.stateReason! },
    ],
    work: { dueAt: vote.at },
  });
  return { request: saved, event: 'Approved' };
}
