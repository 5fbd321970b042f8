import type { Config } from '@backstage/config';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  gateAuditReadPermission,
  gateRequestCreatePermission,
  gateRequestFeedbackPermission,
  gateRequestVotePermission,
  gateRequestWithdrawPermission,
} from '@causeway/backstage-plugin-causeway-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/** What the gate holds against everybody by itself. */
const gateDecides = [
  gateRequestCreatePermission,
  gateRequestVotePermission,
  gateRequestWithdrawPermission,
  gateRequestFeedbackPermission,
].map(({ name }) => name);

/** Reading that is not for everybody. */
const guardedReads: readonly string[] = [gateAuditReadPermission.name];

/**
 * Who may do what in the portal:
 *
 * - whoever is not signed in may do nothing;
 * - whoever is signed in may read, because a portal is for looking things up;
 * - whoever is signed in may ask the gate, vote, withdraw and give feedback:
 *   the gate decides by itself, from policy and present memberships, whose
 *   request runs and whose vote counts;
 * - the audit trail is read, requests are reconciled and the gate is halted by
 *   members of the platform's groups, and by those alone whom
 *   `causeway.gate.auditors`, `reconcilers` and `halters` name besides;
 * - everything else (registering catalog locations, deleting or refreshing
 *   entities, and what plugins of tomorrow guard) is for members of the
 *   platform's groups, because it changes the portal for everybody. A plugin
 *   whose other permissions are harmless gets them through
 *   `causeway.portal.everyoneMay`.
 *
 * It is necessary and never sufficient: Causeway's gate decides by itself, from
 * the catalog's present memberships.
 */
export class PortalPolicy implements PermissionPolicy {
  readonly #platformGroups: ReadonlySet<string>;
  readonly #everyoneMay: ReadonlySet<string>;

  constructor(options: { platformGroups: string[]; everyoneMay: string[] }) {
    this.#platformGroups = new Set(
      options.platformGroups.map(ref => ref.toLocaleLowerCase('en-US')),
    );
    this.#everyoneMay = new Set([...gateDecides, ...options.everyoneMay]);
  }

  static fromConfig(config: Config): PortalPolicy {
    const list = (key: string) =>
      config.getOptionalStringArray(`causeway.portal.${key}`) ?? [];
    return new PortalPolicy({
      platformGroups: list('platformGroups'),
      everyoneMay: list('everyoneMay'),
    });
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const allowed =
      user !== undefined &&
      ((permission.attributes.action === 'read' &&
        !guardedReads.includes(permission.name)) ||
        this.#everyoneMay.has(permission.name) ||
        user.info.ownershipEntityRefs.some(ref =>
          this.#platformGroups.has(ref),
        ));
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}
