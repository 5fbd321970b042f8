import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import { digestOf } from '../requests/digest';
import { barAuthors } from '../requests/barAuthors';
import { reassess } from '../requests/evolve';
import { findDeciders } from '../requests/findDeciders';
import type { GateParts } from '../requests/GateParts';
import type { Asked, Prepared } from '../requests/Preparation';
import type { StoredRequest } from '../requests/StoredRequest';
import { countingApprovers } from '../votes/castVote';
import { countQuorum } from '../votes/quorum';
import { countOf } from '@causeway/backstage-plugin-causeway-common';

/** What a request has become since it was approved or last looked at. */
export type Examined =
  /** It holds as it is. */
  | { verdict: 'holds'; assessment: Assessment }
  /** People have to look again: this is what they are asked now. */
  | { verdict: 'changed'; request: StoredRequest; why: string }
  /** It will not run. */
  | { verdict: 'refused'; why: string };

type Parts = Pick<
  GateParts,
  | 'targets'
  | 'operations'
  | 'preparation'
  | 'membership'
  | 'policy'
  | 'store'
  | 'database'
  | 'settings'
>;

async function readAgain(
  parts: Parts,
  request: StoredRequest,
  now: number,
): Promise<Asked | { gone: string }> {
  const { requester } = request;
  const operation = parts.operations.get(request.operation.name);
  if (
    !operation ||
    parts.operations.hash(operation.name) !== request.operation.hash
  ) {
    return {
      gone: `The operation ${request.operation.name} is not what it was when this was approved; ask again`,
    };
  }
  const target = await parts.targets.read(request.target.entityRef);
  if (!target) {
    return {
      gone: `${request.target.entityRef} is no longer there; ask again for what took its place`,
    };
  }
  let requesterGroups: readonly string[] = request.requesterGroups;
  if (requester.kind === 'user') {
    const person = await parts.membership.person(requester.ref);
    if (!person) {
      return {
        gone: `${requester.ref}, who asked, is no longer in the catalog`,
      };
    }
    const lost = request.requesterGroups.filter(
      group => !person.groups.includes(group),
    );
    if (lost.length > 0) {
      return {
        gone: `${requester.ref}, who asked, no longer belongs to ${lost.join(', ')}; ask again`,
      };
    }
    requesterGroups = person.groups;
  }
  return {
    operation,
    input: request.input,
    target,
    requester,
    requesterGroups,
    agent: request.agentKey
      ? {
          key: request.agentKey,
          registered:
            requester.kind === 'subject' ||
            parts.settings.agents.some(({ key }) => key === request.agentKey),
        }
      : undefined,
    recommendation: request.recommendation,
    requestId: request.id,
    now,
  };
}

function describeStricter(
  before: Assessment,
  { outcome, summary, approval }: Assessment,
): string {
  if (outcome === 'refuse') {
    return summary;
  }
  return approval.count > before.approval.count
    ? `It takes ${countOf(approval.count, 'approval')} now: ${summary}`
    : `It is judged more strictly now: ${summary}`;
}

/**
 * Works a request out and assesses it anew, with fresh observations, members
 * and time (THREATS C4). Reads only.
 */
export async function reexamine(
  parts: Parts,
  request: StoredRequest,
  now: number,
): Promise<Examined> {
  const asked = await readAgain(parts, request, now);
  if ('gone' in asked) {
    return { verdict: 'refused', why: asked.gone };
  }
  const prepared = await parts.preparation.prepare(asked);
  const { assessment, binding, plan } = prepared;
  if (!binding || !plan) {
    return { verdict: 'refused', why: assessment.summary };
  }
  if (request.state === 'approved') {
    // Binding and plan alone: what policy makes of them is judged below.
    if (digestOf({ ...request, binding, plan }) !== request.digest) {
      return {
        verdict: 'refused',
        why: describeDifference(request, prepared),
      };
    }
  }
  const stricter =
    // Tier 3 is never automated, and what is refused now runs for nobody.
    (request.state === 'approved' &&
      ['manual', 'refuse'].includes(assessment.outcome)) ||
    !parts.policy.isNoStricter(request.assessment, assessment) ||
    // What policy let run by itself runs by itself or not at all.
    (request.state === 'approved' &&
      request.assessment.outcome === 'run' &&
      assessment.outcome !== 'run');
  if (stricter) {
    return anew(
      parts,
      request,
      prepared,
      describeStricter(request.assessment, assessment),
    );
  }
  if (request.state === 'approved' && request.assessment.outcome !== 'run') {
    const votes = await parts.store.votes(parts.database, request.id);
    const people = await parts.membership.people([
      ...votes.map(({ voter }) => voter),
      ...request.requester.set,
    ]);
    const quorum = countQuorum(
      countingApprovers(request, votes, people),
      [],
      request.approval,
    );
    if (!quorum.met) {
      return anew(
        parts,
        request,
        prepared,
        `Some who approved it may no longer decide: ${quorum.missing}`,
      );
    }
  }
  return { verdict: 'holds', assessment };
}

function describeDifference(
  { binding: before, plan }: StoredRequest,
  prepared: Prepared,
): string {
  const now = prepared.binding!;
  if (before && before.uid !== now.uid) {
    return `${now.kind} ${now.name} was deleted and made anew since this was approved; ask again`;
  }
  if (before && before.fieldsHash !== now.fieldsHash) {
    return `Somebody changed ${now.kind} ${now.name} since this was approved; ask again for what is wanted now`;
  }
  return `What would be done is no longer what was approved (${plan?.summary}, now ${prepared.plan!.summary}); ask again`;
}

async function anew(
  parts: Parts,
  request: StoredRequest,
  prepared: Prepared,
  why: string,
): Promise<Examined> {
  const requester = await barAuthors(parts, request.requester, prepared.plan);
  const { deciders } = await findDeciders(
    parts,
    prepared.assessment,
    requester.set,
  );
  return {
    verdict: 'changed',
    request: reassess({ ...request, requester }, prepared, deciders),
    why,
  };
}
