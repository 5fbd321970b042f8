import type { RequestReceipt } from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from './GateParts';
import type { StoredRequest } from './StoredRequest';

/** What a submission answers. */
export function toReceipt(
  { settings }: Pick<GateParts, 'settings'>,
  request: StoredRequest,
): RequestReceipt {
  const { assessment } = request;
  return {
    id: request.id,
    state: request.state,
    tier: assessment.tier,
    summary: request.plan?.summary ?? request.operation.title,
    decidedBy: request.decidedBy ?? assessment.decidedBy,
    why: request.stateReason ?? assessment.summary,
    link: `${settings.portal}/approvals/${request.id}`,
    expiresAt: request.state === 'pending' ? request.decideBy : undefined,
    deciders: request.state === 'pending' ? request.deciders : [],
    refusals: assessment.refusals,
  };
}
