import type {
  GateRequest,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';

type Listable = Pick<
  GateRequest,
  | 'id'
  | 'state'
  | 'revision'
  | 'operation'
  | 'target'
  | 'assessment'
  | 'requester'
  | 'cost'
  | 'plan'
  | 'discrepancies'
  | 'approval'
  | 'createdAt'
  | 'decideBy'
  | 'executeBy'
>;

/** A request as a list shows it, before votes are counted. */
export function toListed(request: Listable, mine: boolean): RequestRow {
  const { operation, target, assessment, requester, cost, plan } = request;
  return {
    id: request.id,
    state: request.state,
    revision: request.revision,
    operation: { name: operation.name, title: operation.title },
    summary: plan?.summary ?? `${operation.title}: ${target.title}`,
    target: {
      entityRef: target.entityRef,
      title: target.title,
      owner: target.owner,
      environment: target.environment,
    },
    risk: { name: assessment.risk.name, level: assessment.risk.level },
    tier: assessment.tier,
    requester: {
      ref: requester.ref,
      kind: requester.kind,
      actor: requester.actor,
      unverifiedName: requester.unverifiedName,
    },
    quorum: { approvals: 0, needed: request.approval.count },
    cost:
      cost?.delta === undefined
        ? undefined
        : { delta: cost.delta, currency: cost.currency },
    discrepancies: request.discrepancies.length,
    createdAt: request.createdAt,
    decideBy: request.decideBy,
    executeBy: request.executeBy,
    mine,
  };
}
