import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const estateRouteRef = createRouteRef();

export const approvalsRouteRef = createRouteRef();

/** One request on one screen. */
export const requestRouteRef = createSubRouteRef({
  parent: approvalsRouteRef,
  path: '/:id',
});

export const policyRouteRef = createRouteRef();

export const auditRouteRef = createRouteRef();
