import type { PermissionCriteria } from '@backstage/plugin-permission-common';

/** Columns that permission conditions reach (docs/governance/permissions.md). */
export type RequestColumn =
  'owner' | 'environment' | 'operation' | 'tier' | 'requester';

/** One condition on one column. */
export interface RequestColumnFilter {
  column: RequestColumn;
  anyOf: readonly (string | number)[];
}

/** What a caller may see, as SQL can decide it; absent: everything. */
export type RequestFilter = PermissionCriteria<RequestColumnFilter>;

/** A request, as far as conditions look at it. */
export type RequestAttributes = Partial<Record<RequestColumn, string | number>>;
