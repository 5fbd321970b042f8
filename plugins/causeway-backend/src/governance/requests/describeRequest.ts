import type {
  GateRequest,
  RequestChoices,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import type { Caller } from '../principals/Principal';
import { countingApprovers, standing } from '../votes/castVote';
import { isPerson, mayVote, type Voter } from '../votes/eligibility';
import { countQuorum } from '../votes/quorum';
import { mayComplete, mayReconcile } from './closeByHand';
import { findCandidates } from './findDeciders';
import type { GateParts } from './GateParts';
import { mayGiveFeedback } from './giveFeedback';
import { applyFilter } from './listRequests';
import { fromRow } from './rows';
import type { RequestFilter } from './RequestFilter';
import type { WholeRequest } from './RequestStore';
import type { StoredRequest } from './StoredRequest';
import { mayWithdraw } from './withdrawRequest';

/** Milliseconds in which a failure is worth showing beside a request. */
const recently = 7 * 24 * 60 * 60_000;
const mostFailures = 5;

function findChoices(
  whole: WholeRequest,
  voter: Voter,
  reconcilers: readonly string[],
): RequestChoices {
  const { request, votes, feedback } = whole;
  const { ref } = voter.principal;
  const own = standing(votes).find(vote => vote.voter === ref);
  const vote = mayVote(request, voter);
  const open = request.state === 'pending' || request.state === 'approved';
  return {
    vote:
      vote.allowed && own?.decision === 'approve' && request.state === 'pending'
        ? { allowed: false, why: 'You have approved it; others are missing' }
        : vote,
    withdrawVote:
      own && open && isPerson(voter).allowed
        ? { allowed: true }
        : { allowed: false, why: 'You have no vote on it to take back' },
    withdraw: mayWithdraw(request, voter, voter.groups),
    reconcile: mayReconcile(request, voter, reconcilers),
    feedback: mayGiveFeedback(request, voter, feedback),
    complete: mayComplete(request, voter),
  };
}

async function readFailures(
  knex: Knex,
  { id, target }: StoredRequest,
  since: number,
  filter: RequestFilter | undefined,
): Promise<GateRequest['recentFailures']> {
  const rows: { document: string }[] = await knex('gate_requests')
    .where({ target: target.entityRef })
    .whereIn('state', ['failed', 'rolled-back', 'unknown'])
    .where('created_at', '>', since)
    .whereNot({ id })
    .modify(query => {
      if (filter) {
        query.andWhere(inner => applyFilter(inner, filter));
      }
    })
    .orderBy('created_at', 'desc')
    .limit(mostFailures)
    .select('document');
  return rows.map(fromRow).map(failed => ({
    id: failed.id,
    at: failed.finishedAt ?? failed.updatedAt,
    title: failed.plan?.summary ?? failed.operation.title,
    state: failed.state,
  }));
}

/** A request with everything that belongs to it, as one caller sees it. */
export async function describeRequest(
  parts: GateParts,
  whole: WholeRequest,
  { principal }: Caller,
  filter?: RequestFilter,
): Promise<GateRequest> {
  const { request, votes, events, execution, feedback } = whole;
  const now = await parts.now();
  const refs = standing(votes).map(({ voter }) => voter);
  const people = await parts.membership.people([
    ...refs,
    ...request.requester.set,
    ...(principal.kind === 'user' ? [principal.ref] : []),
  ]);
  const candidates =
    request.state === 'pending'
      ? await findCandidates(parts, request.deciders, request.requester.set)
      : [];
  const voter: Voter = {
    principal,
    groups: people.get(principal.ref)?.groups ?? [],
  };
  const {
    agentKey,
    requesterGroups: _groups,
    deciders,
    escalateAt: _escalateAt,
    ...told
  } = request;
  return {
    ...told,
    approval: { ...request.approval, approvers: deciders },
    votes,
    quorum: countQuorum(
      countingApprovers(request, votes, people),
      candidates,
      request.approval,
    ),
    events,
    execution,
    feedback,
    recentFailures: await readFailures(
      parts.database,
      request,
      now - recently,
      filter,
    ),
    agentRecord: agentKey
      ? await parts.records.record({
          agent: agentKey,
          operation: request.operation.name,
          risk: request.assessment.risk.name,
          environment: request.target.environment,
          minimum: await parts.policy.minimumSamples(),
        })
      : undefined,
    choices: findChoices(whole, voter, parts.settings.reconcilers),
    link: `${parts.settings.portal}/approvals/${request.id}`,
    now,
  };
}
