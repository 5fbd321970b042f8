import { z } from 'zod';
import { bound, decision } from './schema/decision';
import { limit } from './schema/limit';
import { riskTier } from './schema/riskTier';
import {
  agents,
  capability,
  classDefaults,
  delegation,
  freeze,
  gitException,
  interpretability,
} from './schema/rules';
import { name, title } from './schema/texts';

const classes = z.strictObject({
  application: classDefaults.optional(),
  infrastructure: classDefaults.optional(),
  migration: classDefaults.optional(),
});

/**
 * `spec` of a policy. Lists of several files are put together; what is no list
 * may stand in one of them.
 *
 * @public
 */
export const policySpec = z.strictObject({
  riskTiers: z.array(riskTier).max(50).default([]),
  decisions: z.array(decision).max(500).default([]),
  bounds: z.array(bound).max(500).default([]),
  limits: z.array(limit).max(200).default([]),
  classes: classes.prefault({}),
  capabilities: z.array(capability).max(500).default([]),
  freezes: z.array(freeze).max(200).default([]),
  agents: agents.prefault({}),
  interpretability: z.array(interpretability).max(200).default([]),
  delegation: delegation.prefault({}),
  gitFirst: z.array(gitException).max(200).default([]),
});

/**
 * A policy as it is written, with defaults filled in: its normalized form.
 *
 * @public
 */
export const policyDocument = z.strictObject({
  apiVersion: z.literal('causeway.dev/v1', {
    error: 'apiVersion is causeway.dev/v1',
  }),
  kind: z.literal('Policy', { error: 'kind is Policy' }),
  metadata: z.strictObject({ name, title: title.optional() }),
  spec: policySpec,
});

/**
 * {@link policyDocument}, parsed.
 *
 * @public
 */
export type PolicyDocument = z.infer<typeof policyDocument>;

/**
 * {@link policySpec}, parsed.
 *
 * @public
 */
export type PolicySpec = z.infer<typeof policySpec>;

/**
 * A risk tier of a policy.
 *
 * @public
 */
export type PolicyRiskTier = z.infer<typeof riskTier>;

/**
 * A decision of a policy.
 *
 * @public
 */
export type PolicyDecision = z.infer<typeof decision>;

/**
 * A bound of a policy.
 *
 * @public
 */
export type PolicyBound = z.infer<typeof bound>;

/**
 * A limit of a policy.
 *
 * @public
 */
export type PolicyLimit = z.infer<typeof limit>;

/**
 * A freeze of a policy.
 *
 * @public
 */
export type PolicyFreeze = z.infer<typeof freeze>;

/**
 * Approval rule of a risk tier.
 *
 * @public
 */
export type PolicyApproval = PolicyRiskTier['approval'];

/**
 * What holds for agents.
 *
 * @public
 */
export type PolicyAgents = PolicySpec['agents'];
