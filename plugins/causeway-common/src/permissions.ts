import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Seeing the state of the estate's sources, partitions and problems.
 *
 * @public
 */
export const estateStatusReadPermission = createPermission({
  name: 'causeway.estate.status.read',
  attributes: { action: 'read' },
});

/**
 * Asking questions about the estate. What an answer holds follows from the
 * caller's permission to read entities in the catalog.
 *
 * @public
 */
export const estateQuestionsAskPermission = createPermission({
  name: 'causeway.estate.questions.ask',
  attributes: { action: 'read' },
});

/**
 * Type of the resource that a request of the gate is. Conditions are about the
 * owner and environment of the target, the operation and the decision tier.
 *
 * @public
 */
export const gateRequestResourceType = 'causeway-request';

/**
 * Seeing requests.
 *
 * @public
 */
export const gateRequestReadPermission = createPermission({
  name: 'causeway.request.read',
  attributes: { action: 'read' },
  resourceType: gateRequestResourceType,
});

/**
 * Asking for an operation. It is necessary and never sufficient: policy decides.
 *
 * @public
 */
export const gateRequestCreatePermission = createPermission({
  name: 'causeway.request.create',
  attributes: { action: 'create' },
  resourceType: gateRequestResourceType,
});

/**
 * Approving and denying. It is necessary and never sufficient: policy names
 * the groups whose members may.
 *
 * @public
 */
export const gateRequestVotePermission = createPermission({
  name: 'causeway.request.vote',
  attributes: { action: 'update' },
  resourceType: gateRequestResourceType,
});

/**
 * Taking a request back that one asked for.
 *
 * @public
 */
export const gateRequestWithdrawPermission = createPermission({
  name: 'causeway.request.withdraw',
  attributes: { action: 'delete' },
  resourceType: gateRequestResourceType,
});

/**
 * Saying what came of a request whose outcome is unknown, and that a manual
 * task is done.
 *
 * @public
 */
export const gateRequestReconcilePermission = createPermission({
  name: 'causeway.request.reconcile',
  attributes: { action: 'update' },
  resourceType: gateRequestResourceType,
});

/**
 * Saying whether a recommendation was right.
 *
 * @public
 */
export const gateRequestFeedbackPermission = createPermission({
  name: 'causeway.request.feedback',
  attributes: { action: 'update' },
  resourceType: gateRequestResourceType,
});

/**
 * Seeing operations, the policy in force and how the gate is.
 *
 * @public
 */
export const gatePolicyReadPermission = createPermission({
  name: 'causeway.policy.read',
  attributes: { action: 'read' },
});

/**
 * Searching, verifying and exporting the audit trail. Membership of a group
 * that `causeway.gate.auditors` names is needed besides.
 *
 * @public
 */
export const gateAuditReadPermission = createPermission({
  name: 'causeway.audit.read',
  attributes: { action: 'read' },
});

/**
 * Erasing texts beside the audit trail. Membership of a group that
 * `causeway.gate.erasers` names is needed besides.
 *
 * @public
 */
export const gateAuditErasePermission = createPermission({
  name: 'causeway.audit.erase',
  attributes: { action: 'delete' },
});

/**
 * Stopping the gate, or one agent. Membership of a group that
 * `causeway.gate.halters` names is needed besides.
 *
 * @public
 */
export const gateHaltPermission = createPermission({
  name: 'causeway.gate.halt',
  attributes: { action: 'update' },
});

/**
 * Permissions of the plugin that are about no resource.
 *
 * @public
 */
export const causewayPermissions = [
  estateStatusReadPermission,
  estateQuestionsAskPermission,
  gatePolicyReadPermission,
  gateAuditReadPermission,
  gateAuditErasePermission,
  gateHaltPermission,
];

/**
 * Permissions that are about one request; conditions may decide them.
 *
 * @public
 */
export const gateRequestPermissions = [
  gateRequestReadPermission,
  gateRequestCreatePermission,
  gateRequestVotePermission,
  gateRequestWithdrawPermission,
  gateRequestReconcilePermission,
  gateRequestFeedbackPermission,
];
