import { createConditionExports } from '@backstage/plugin-permission-node';
import { causewayRequestResourceRef } from './requestResource';
import { causewayRequestRules } from './requestRules';

const exported = createConditionExports({
  resourceRef: causewayRequestResourceRef,
  rules: causewayRequestRules,
});

/**
 * Conditions about requests, for permission policies.
 *
 * @public
 */
export const causewayRequestConditions = exported.conditions;

/**
 * Makes a conditional decision about a request, for permission policies.
 *
 * @public
 */
export const createCausewayRequestConditionalDecision =
  exported.createConditionalDecision;
