/*
 * A permission policy of an installation with several tenants: people see and
 * ask for what their own teams own, the platform's people see everything.
 * Take it into a backend with `backend.add(permissionModuleTenants)`.
 */
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  causewayRequestConditions as request,
  createCausewayRequestConditionalDecision as decideRequest,
} from '@causeway/backstage-plugin-causeway-backend';
import {
  gateAuditReadPermission,
  gateHaltPermission,
  gateRequestCreatePermission,
  gateRequestReconcilePermission,
  gateRequestResourceType,
} from '@causeway/backstage-plugin-causeway-common';

const allow = { result: AuthorizeResult.ALLOW } as const;
const deny = { result: AuthorizeResult.DENY } as const;

/** Conditional decisions by owner of the target, environment, operation and tier. */
export class TenantsPolicy implements PermissionPolicy {
  readonly #platform: string;

  constructor(platform: string) {
    this.#platform = platform;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return deny;
    }
    const owners = user.info.ownershipEntityRefs;
    if (owners.includes(this.#platform)) {
      return allow;
    }
    if (
      isPermission(permission, gateRequestReconcilePermission) ||
      isPermission(permission, gateAuditReadPermission) ||
      isPermission(permission, gateHaltPermission)
    ) {
      return deny;
    }
    // Asking: about what one's own teams own. In production only for what
    // starts something again, or is at least reviewed.
    if (isPermission(permission, gateRequestCreatePermission)) {
      return decideRequest(permission, {
        allOf: [
          request.isTargetOwnedBy({ owners }),
          {
            anyOf: [
              {
                not: request.isInEnvironment({ environments: ['production'] }),
              },
              request.isOperation({
                operations: ['restart-workload', 'sync-application'],
              }),
              request.isTier({ tiers: [2, 3] }),
            ],
          },
        ],
      });
    }
    // Everything else about requests: those about what one's teams own, and
    // those that one made.
    if (isResourcePermission(permission, gateRequestResourceType)) {
      return decideRequest(permission, {
        anyOf: [
          request.isTargetOwnedBy({ owners }),
          request.isRequester({ refs: [user.info.userEntityRef] }),
        ],
      });
    }
    return permission.attributes.action === 'read' ? allow : deny;
  }
}

/** Sets the policy. */
export const permissionModuleTenants = createBackendModule({
  pluginId: 'permission',
  moduleId: 'tenants-policy',
  register(reg) {
    reg.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(
          new TenantsPolicy(
            config.getOptionalString('tenants.platformGroup') ??
              'group:default/platform',
          ),
        );
      },
    });
  },
});
