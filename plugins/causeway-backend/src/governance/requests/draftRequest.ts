import type { RequestSubmission } from '@causeway/backstage-plugin-causeway-common';
import { randomUUID } from 'node:crypto';
import { digestOf } from './digest';
import type { GateParts } from './GateParts';
import type { Asked, Prepared } from './Preparation';
import type { StoredRequest } from './StoredRequest';

/** What is asked, as a request that nobody has decided anything about. */
export function draftRequest(
  parts: GateParts,
  asked: Asked,
  prepared: Prepared,
  submission: RequestSubmission,
): StoredRequest {
  const { operation, now } = asked;
  const { assessment, ...rest } = prepared;
  const request: StoredRequest = {
    ...rest,
    id: randomUUID(),
    state: 'pending',
    revision: 1,
    operation: {
      name: operation.name,
      version: operation.version,
      title: operation.title,
      class: operation.class,
      capability: operation.capability,
      hash: parts.operations.hash(operation.name),
      idempotent: operation.idempotent,
      reversible: operation.rollback !== undefined,
    },
    input: asked.input,
    reason: submission.reason,
    requester: asked.requester,
    recommendation: submission.recommendation,
    assessment,
    approval: assessment.approval,
    digest: '',
    createdAt: now,
    updatedAt: now,
    agentKey: asked.agent?.key,
    requesterGroups: [...asked.requesterGroups],
    deciders: [],
  };
  return { ...request, digest: digestOf(request) };
}
