import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import type {
  RequestAttributes,
  RequestColumn,
  RequestColumnFilter,
} from '../requests/RequestFilter';
import { causewayRequestResourceRef } from './requestResource';

const texts = (what: string) =>
  z.array(z.string().min(1).max(300)).max(500).describe(what);

/** References and environments are held in lower case; conditions may be written as people write. */
const lower = (values: readonly string[]) =>
  values.map(value => value.toLocaleLowerCase('en-US'));

/** A condition in memory and in SQL by the one column and values, so that they never differ. */
function anyOf<P>(
  column: RequestColumn,
  values: (params: P) => readonly (string | number)[],
) {
  return {
    apply: (attributes: RequestAttributes, params: P) => {
      const value = attributes[column];
      return value !== undefined && values(params).includes(value);
    },
    toQuery: (params: P): RequestColumnFilter => ({
      column,
      anyOf: values(params),
    }),
  };
}

/**
 * The target of the request belongs to one of these, by what the platform says.
 *
 * @public
 */
export const isTargetOwnedBy = createPermissionRule({
  name: 'IS_TARGET_OWNED_BY',
  description: 'Allow requests about what one of these groups or people own',
  resourceRef: causewayRequestResourceRef,
  paramsSchema: z.object({
    owners: texts('References such as group:default/payments'),
  }),
  ...anyOf<{ owners: string[] }>('owner', ({ owners }) => lower(owners)),
});

/**
 * The target of the request is in one of these environments, by what the
 * platform says.
 *
 * @public
 */
export const isInEnvironment = createPermissionRule({
  name: 'IS_IN_ENVIRONMENT',
  description: 'Allow requests about what runs in one of these environments',
  resourceRef: causewayRequestResourceRef,
  paramsSchema: z.object({ environments: texts('Such as production') }),
  ...anyOf<{ environments: string[] }>(
    'environment',
    ({ environments }) => environments,
  ),
});

/**
 * The request is for one of these operations.
 *
 * @public
 */
export const isOperation = createPermissionRule({
  name: 'IS_OPERATION',
  description: 'Allow requests for one of these operations',
  resourceRef: causewayRequestResourceRef,
  paramsSchema: z.object({ operations: texts('Such as scale-workload') }),
  ...anyOf<{ operations: string[] }>(
    'operation',
    ({ operations }) => operations,
  ),
});

/**
 * Policy put the request into one of these decision tiers.
 *
 * @public
 */
export const isTier = createPermissionRule({
  name: 'IS_TIER',
  description: 'Allow requests of one of these decision tiers',
  resourceRef: causewayRequestResourceRef,
  paramsSchema: z.object({
    tiers: z
      .array(z.number().int().min(1).max(3))
      .max(3)
      .describe('1 autonomous, 2 reviewed, 3 people only'),
  }),
  ...anyOf<{ tiers: number[] }>('tier', ({ tiers }) => tiers),
});

/**
 * One of these asked.
 *
 * @public
 */
export const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'Allow requests that one of these made',
  resourceRef: causewayRequestResourceRef,
  paramsSchema: z.object({
    refs: texts('References of users, or subject:<name>'),
  }),
  ...anyOf<{ refs: string[] }>('requester', ({ refs }) => lower(refs)),
});

/**
 * All rules about requests.
 *
 * @public
 */
export const causewayRequestRules = {
  isTargetOwnedBy,
  isInEnvironment,
  isOperation,
  isTier,
  isRequester,
};
