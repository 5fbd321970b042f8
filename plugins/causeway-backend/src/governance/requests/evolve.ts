import type {
  Assessment,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import { digestOf } from './digest';
import type { Prepared } from './Preparation';
import type { StoredRequest } from './StoredRequest';
import { isFinal } from './transitions';

/** A request in another state. */
export function become(
  request: StoredRequest,
  state: RequestState,
  options: { at: number; why?: string },
): StoredRequest {
  return {
    ...request,
    state,
    stateReason: options.why,
    updatedAt: options.at,
    finishedAt: isFinal(state) ? options.at : undefined,
  };
}

/** A request that is approved: it has to begin within a while. */
export function approve(
  request: StoredRequest,
  options: { at: number; by: string; why?: string },
): StoredRequest {
  return {
    ...become(request, 'approved', options),
    approvedAt: options.at,
    executeBy: options.at + request.approval.executeWithin,
    decidedBy: options.by,
    escalateAt: undefined,
  };
}

/** Groups whose members may vote by an assessment. */
export function decidersOf({
  approval,
}: Pick<Assessment, 'approval'>): string[] {
  return [
    ...new Set([
      ...approval.approvers,
      ...approval.required.map(({ group }) => group),
    ]),
  ].sort();
}

/** A request that was worked out and assessed anew; its digest follows. */
export function reassess(
  request: StoredRequest,
  prepared: Prepared,
  deciders: string[],
): StoredRequest {
  const {
    assessment,
    target,
    binding,
    plan,
    cost,
    blastRadius,
    discrepancies,
  } = prepared;
  const anew: StoredRequest = {
    ...request,
    target,
    binding,
    plan,
    cost,
    blastRadius,
    discrepancies,
    assessment,
    approval: assessment.approval,
    deciders,
  };
  return { ...anew, digest: digestOf(anew) };
}
