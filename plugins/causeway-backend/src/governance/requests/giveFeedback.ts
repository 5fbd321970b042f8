import { ConflictError, NotAllowedError } from '@backstage/errors';
import type {
  Choice,
  Feedback,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import type { Caller } from '../principals/Principal';
import { isOfRequesters, isPerson, type Voter } from '../votes/eligibility';
import type { GateParts } from './GateParts';
import type { StoredRequest } from './StoredRequest';

/** States in which something can be said about how it went. */
const over: readonly RequestState[] = [
  'succeeded',
  'failed',
  'rolled-back',
  'denied',
];

/** One word a person: another one would leave the trail and the agent's record with two. */
const hasSpoken = (
  { principal }: Pick<Voter, 'principal'>,
  given: readonly Pick<Feedback, 'by'>[],
): boolean => given.some(({ by }) => by === principal.ref);

/** Whether somebody may say if a recommendation was right (THREATS H11). */
export function mayGiveFeedback(
  request: Pick<
    StoredRequest,
    'state' | 'requester' | 'deciders' | 'approval' | 'target'
  >,
  voter: Voter,
  given: readonly Pick<Feedback, 'by'>[],
): Choice {
  const no = (why: string): Choice => ({ allowed: false, why });
  const person = isPerson(voter, 'say how it went');
  if (!person.allowed) {
    return person;
  }
  if (!over.includes(request.state)) {
    return no('It can be said once it is clear what came of it');
  }
  if (isOfRequesters(request, [voter.principal.ref, ...voter.groups])) {
    return no('You belong to those who asked for it; others say how it went');
  }
  if (hasSpoken(voter, given)) {
    return no('You have said so already');
  }
  const groups = [
    ...new Set([
      ...request.deciders,
      ...request.approval.approvers,
      ...(request.target.owner ? [request.target.owner] : []),
    ]),
  ];
  return groups.some(group => voter.groups.includes(group))
    ? { allowed: true }
    : no(`Members of ${groups.join(', ')} say how it went`);
}

/** Somebody outside the requester set says whether it was right. */
export async function giveFeedback(
  parts: GateParts,
  id: string,
  feedback: Pick<Feedback, 'verdict' | 'comment'>,
  { principal }: Caller,
): Promise<void> {
  const person = await parts.membership.person(principal.ref);
  const voter = { principal, groups: person?.groups ?? [] };
  const now = await parts.now();
  const request = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    const { request: before } = locked;
    // Under the lock: who says two things at once has said one of them first,
    // and that one is in the agent's record.
    const given = await parts.store.feedback(trx, id);
    const may = mayGiveFeedback(before, voter, given);
    if (!may.allowed) {
      throw !over.includes(before.state) || hasSpoken(voter, given)
        ? new ConflictError(may.why)
        : new NotAllowedError(may.why);
    }
    const counts =
      before.agentKey !== undefined &&
      (await parts.records.addFeedback(trx, {
        agent: before.agentKey,
        operation: before.operation.name,
        environment: before.target.environment,
        requestId: id,
        target: before.target.entityRef,
        risk: before.assessment.risk.name,
        verdict: feedback.verdict,
        at: before.createdAt,
      }));
    await parts.store.addFeedback(trx, id, {
      by: principal.ref,
      at: now,
      ...feedback,
      counts,
    });
    return parts.journal.write(
      trx,
      locked,
      { ...before, updatedAt: now },
      {
        events: [
          {
            type: 'FeedbackGiven',
            by: principal.ref,
            message: `Said that it was ${feedback.verdict}`,
          },
        ],
        ...(feedback.comment && { erasable: { comment: feedback.comment } }),
        detail: { verdict: feedback.verdict, counts },
      },
    );
  });
  parts.announcer.changed(request, 'FeedbackGiven');
}
