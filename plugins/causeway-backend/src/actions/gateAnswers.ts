import type {
  AssessmentPreview,
  GateRequest,
  RequestReceipt,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';
import { compact, shortOwner, toTime } from '../estate/questions/compact';
import { sortTexts } from '../estate/questions/untrusted';

const time = (milliseconds: number | undefined) =>
  milliseconds === undefined ? undefined : toTime(milliseconds);

/** Longest list of an answer; agents pay by the token. */
const most = 10;

/** What came of asking, for an agent: who decides, until when, and where people look. */
export function tellReceipt(receipt: RequestReceipt) {
  const { summary, expiresAt, deciders, ...rest } = receipt;
  return compact({
    ...rest,
    expiresAt: time(expiresAt),
    deciders: deciders.slice(0, most).map(one => shortOwner(one)!),
    untrusted: sortTexts({}, { summary }).untrusted,
  });
}

/** What would become of a request, for an agent. */
export function tellPreview(preview: AssessmentPreview) {
  const { assessment, plan, cost, blastRadius, discrepancies } = preview;
  const { approval, outcome, tier, risk, decidedBy, summary } = assessment;
  return compact({
    outcome,
    tier,
    risk: risk.name,
    decidedBy,
    why: summary,
    doubts: assessment.doubts.slice(0, most).map(({ message }) => message),
    refusals: assessment.refusals.slice(0, most),
    approvals: outcome === 'review' ? approval.count : undefined,
    deciders:
      outcome === 'review'
        ? approval.approvers.slice(0, most).map(one => shortOwner(one)!)
        : undefined,
    costPerHour: cost?.delta,
    reaches: blastRadius?.total,
    untrusted: sortTexts(
      {},
      {
        summary: plan?.summary,
        changes: plan?.changes
          .slice(0, most)
          .map(
            ({ path, before, after }) =>
              `${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
          )
          .join('; '),
        warnings: plan?.warnings.slice(0, most).join('; '),
        discrepancies: discrepancies.slice(0, most).join('; '),
      },
    ).untrusted,
  });
}

/** A request in a list, for an agent. */
export function tellRow(row: RequestRow) {
  const { words, untrusted } = sortTexts(
    {
      target: row.target.entityRef,
      owner: shortOwner(row.target.owner),
      environment: row.target.environment,
      requester: row.requester.ref,
    },
    { summary: row.summary },
  );
  return compact({
    id: row.id,
    state: row.state,
    operation: row.operation.name,
    tier: row.tier,
    risk: row.risk.name,
    ...words,
    approvals: `${row.quorum.approvals}/${row.quorum.needed}`,
    decideBy: time(row.decideBy),
    untrusted,
  });
}

/** A request, for an agent: where it stands, what is missing, what came of it. */
export function tellRequest(request: GateRequest) {
  const { target, requester, assessment, approval, quorum } = request;
  const waits = request.state === 'pending';
  const { words, untrusted } = sortTexts(
    {
      target: target.entityRef,
      owner: shortOwner(target.owner),
      environment: target.environment,
      requester: requester.ref,
    },
    {
      summary: request.plan?.summary,
      reason: request.reason,
      stateReason: request.stateReason,
      agent: requester.unverifiedName,
      message: request.execution?.message,
      verification: request.execution?.verification?.message,
      comments: request.votes
        .flatMap(({ decision, comment }) =>
          comment ? [`${decision}: ${comment}`] : [],
        )
        .join('; '),
    },
  );
  return compact({
    id: request.id,
    state: request.state,
    operation: request.operation.name,
    tier: assessment.tier,
    risk: assessment.risk.name,
    why: assessment.summary,
    decidedBy: request.decidedBy ?? assessment.decidedBy,
    ...words,
    missing: waits ? quorum.missing : undefined,
    deciders: waits
      ? approval.approvers.slice(0, most).map(one => shortOwner(one)!)
      : undefined,
    refusals: assessment.refusals.slice(0, most),
    decideBy: time(request.decideBy),
    executeBy: time(request.executeBy),
    finishedAt: time(request.finishedAt),
    link: request.link,
    untrusted,
  });
}
