import type {
  GateRequest,
  RequestProgress,
} from '@causeway/backstage-plugin-causeway-common';

/** How far a request is, without what it is about. */
export function toProgress(request: GateRequest): RequestProgress {
  const { state, assessment, execution } = request;
  const pending = state === 'pending';
  return {
    id: request.id,
    state,
    tier: assessment.tier,
    why: request.stateReason ?? assessment.summary,
    decidedBy: request.decidedBy,
    deciders: pending ? request.approval.approvers : [],
    missing: pending ? request.quorum.missing : undefined,
    decideBy: pending ? request.decideBy : undefined,
    outcome: execution?.verification?.message ?? execution?.message,
    link: request.link,
  };
}
