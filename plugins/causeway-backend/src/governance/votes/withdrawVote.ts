import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Caller } from '../principals/Principal';
import { become } from '../requests/evolve';
import type { GateParts } from '../requests/GateParts';
import { standing, countingApprovers } from './castVote';
import { isPerson } from './eligibility';
import { countQuorum } from './quorum';

/** Takes a person's vote back; an approval that rested on it rests no more. */
export async function withdrawVote(
  parts: GateParts,
  id: string,
  { principal }: Caller,
): Promise<void> {
  const person = isPerson({ principal });
  if (!person.allowed) {
    throw new NotAllowedError(person.why);
  }
  const voters = standing(await parts.store.votes(parts.database, id)).map(
    ({ voter }) => voter,
  );
  const people = await parts.membership.people(voters);
  const now = await parts.now();
  const request = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    const { state } = locked.request;
    if (state !== 'pending' && state !== 'approved') {
      throw new ConflictError(
        `It is ${state}: votes can be taken back until it is carried out`,
      );
    }
    const votes = standing(await parts.store.votes(trx, id));
    if (!votes.some(({ voter }) => voter === principal.ref)) {
      throw new ConflictError('You have no vote on it to take back');
    }
    await parts.store.withdrawVotes(trx, id, {
      voter: principal.ref,
      at: now,
      why: 'taken back',
    });
    const left = countingApprovers(
      locked.request,
      votes.filter(({ voter }) => voter !== principal.ref),
      people,
    );
    const holds =
      state === 'approved' &&
      countQuorum(left, [], locked.request.approval).met;
    const back = state === 'approved' && !holds;
    if (back) {
      await parts.budget.release(trx, id, now, 'returned');
    }
    return parts.journal.write(
      trx,
      locked,
      back
        ? {
            ...become(locked.request, 'pending', {
              at: now,
              why: 'A vote was taken back',
            }),
            approvedAt: undefined,
            executeBy: undefined,
            decidedBy: undefined,
          }
        : { ...locked.request, updatedAt: now },
      {
        events: [
          {
            type: 'VoteWithdrawn',
            by: principal.ref,
            message: 'Took the vote back',
          },
          ...(back
            ? [
                {
                  type: 'ReturnedToPending' as const,
                  by: 'gate',
                  message: 'The votes that are left are too few',
                },
              ]
            : []),
        ],
        ...(back && { work: { dueAt: undefined } }),
      },
    );
  });
  parts.announcer.changed(request, 'VoteWithdrawn');
}
