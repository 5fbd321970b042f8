import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import type {
  RequestAttributes,
  RequestColumnFilter,
  RequestFilter,
} from '../requests/RequestFilter';

/** What a permission lets a caller do with requests: all of them, none, or those that conditions let pass. */
export interface RequestAccess {
  none: boolean;
  /** For SQL; absent where all are let pass. */
  filter?: RequestFilter;
  /** The same for one request. */
  holds(attributes: RequestAttributes | undefined): boolean;
}

/** No request at all, for SQL. */
export const noRequest: RequestFilter = { column: 'tier', anyOf: [] };

/** Asks Backstage's permissions about requests; conditions are worked out here, in SQL where there is any. */
export class RequestPermissions {
  readonly #permissions: PermissionsService;
  readonly #toQuery: ReturnType<
    typeof createConditionTransformer<RequestColumnFilter>
  >;
  readonly #applies: ReturnType<
    typeof createConditionAuthorizer<RequestAttributes>
  >;

  constructor(
    permissions: PermissionsService,
    ruleset: PermissionRuleset<RequestAttributes, RequestColumnFilter>,
  ) {
    this.#permissions = permissions;
    this.#toQuery = createConditionTransformer(ruleset);
    this.#applies = createConditionAuthorizer(ruleset);
  }

  /** Whether the caller has a permission that is about no request. */
  async has(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }

  /** What each permission lets the caller do; in the order of the permissions, in one question. */
  async access<const P extends readonly ResourcePermission[]>(
    permissions: P,
    credentials: BackstageCredentials,
  ): Promise<{ [N in keyof P]: RequestAccess }> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => this.#toAccess(decision)) as {
      [N in keyof P]: RequestAccess;
    };
  }

  #toAccess(decision: PolicyDecision): RequestAccess {
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return {
          none: false,
          holds: attributes => attributes !== undefined,
        };
      case AuthorizeResult.CONDITIONAL:
        return {
          none: false,
          filter: this.#toQuery(decision.conditions),
          holds: attributes =>
            attributes !== undefined && this.#applies(decision, attributes),
        };
      default:
        return { none: true, filter: noRequest, holds: () => false };
    }
  }
}
