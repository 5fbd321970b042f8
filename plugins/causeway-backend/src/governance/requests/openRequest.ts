import type { RequestEventType } from '@causeway/backstage-plugin-causeway-common';
import { digestOf } from './digest';
import { approve } from './evolve';
import { findDeciders } from './findDeciders';
import type { GateParts } from './GateParts';
import type { NewEvent } from './RequestStore';
import type { StoredRequest } from './StoredRequest';

/** A request as it begins, and what the record says of it. */
export interface Opening {
  request: StoredRequest;
  events: NewEvent[];
}

/** What a request begins as, by what policy made of it. */
export async function openRequest(
  { acquaintance }: Pick<GateParts, 'acquaintance'>,
  drafted: StoredRequest,
): Promise<Opening> {
  const { assessment, createdAt, requester } = drafted;
  const event = (type: RequestEventType, by: string, message: string) => ({
    type,
    by,
    message,
  });
  const events = [
    event('Submitted', requester.ref, `Asked for ${drafted.operation.title}`),
    ...(drafted.recommendation
      ? [
          event(
            'RecommendationGenerated',
            requester.ref,
            'A decision record came with it',
          ),
        ]
      : []),
    event('Assessed', 'gate', assessment.summary),
  ];
  const digested = (request: StoredRequest) => ({
    ...request,
    digest: digestOf(request),
  });
  const refused = (why: string): Opening => ({
    request: digested({
      ...drafted,
      state: 'refused',
      stateReason: why,
      finishedAt: createdAt,
      decidedBy: assessment.decidedBy,
    }),
    events: [...events, event('Refused', assessment.decidedBy, why)],
  });
  switch (assessment.outcome) {
    case 'refuse':
      return refused(assessment.refusals[0]?.reason ?? assessment.summary);
    case 'manual':
      return {
        request: digested({
          ...drafted,
          state: 'manual',
          stateReason: assessment.summary,
          deciders: [...(assessment.manual?.doneBy ?? [])],
        }),
        events: [
          ...events,
          event('HandedOver', assessment.decidedBy, assessment.summary),
        ],
      };
    case 'run':
      return {
        request: digested(
          approve(drafted, {
            at: createdAt,
            by: assessment.decidedBy,
            why: assessment.summary,
          }),
        ),
        events: [
          ...events,
          event('Approved', assessment.decidedBy, assessment.summary),
        ],
      };
    default: {
      if (assessment.approval.presence) {
        // Nothing may wait in a queue that nobody can finish.
        return refused(
          'The policy wants proof that whoever approves is there, and this portal cannot take any yet. Ask the owner of the policy',
        );
      }
      const { deciders, feasible, missing } = await findDeciders(
        { membership: acquaintance },
        assessment,
        requester.set,
      );
      if (!feasible) {
        return refused(
          `Nobody could ever approve it: of ${deciders.join(', ') || 'no group'}, without those who ask, there are too few people (${missing}). Ask the owner of the policy`,
        );
      }
      const { escalation, decideWithin } = assessment.approval;
      return {
        request: digested({
          ...drafted,
          deciders,
          stateReason: assessment.summary,
          decideBy: createdAt + decideWithin,
          escalateAt: escalation && createdAt + escalation.after,
        }),
        events,
      };
    }
  }
}
