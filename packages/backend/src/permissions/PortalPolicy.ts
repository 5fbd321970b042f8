import type { Config } from '@backstage/config';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/**
 * Who may do what in the portal:
 *
 * - whoever is not signed in may do nothing;
 * - whoever is signed in may read, because a portal is for looking things up;
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
    this.#everyoneMay = new Set(options.everyoneMay);
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
      (permission.attributes.action === 'read' ||
        this.#everyoneMay.has(permission.name) ||
        user.info.ownershipEntityRefs.some(ref =>
          this.#platformGroups.has(ref),
        ));
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}
