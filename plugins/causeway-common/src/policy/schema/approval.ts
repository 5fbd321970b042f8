import { z } from 'zod';
import { approver, duration, groupRef, some } from './texts';

const required = z.strictObject({
  group: groupRef,
  count: z.int().min(1).max(20).default(1),
});

const escalation = z.strictObject({ after: duration, groups: some(groupRef) });

/**
 * Who has to approve, and by when.
 *
 * @public
 */
export const approvalRule = z.strictObject({
  count: z.int().min(1).max(20).default(1),
  required: z.array(required).max(20).default([]),
  approvers: z.array(approver).max(50).default(['owner']),
  presence: z.boolean().default(false),
  decideWithin: duration.default('24h'),
  executeWithin: duration.default('1h'),
  escalation: escalation.optional(),
  fallback: z.array(groupRef).max(20).default([]),
  commentOnDeny: z.boolean().default(true),
  separation: z.enum(['requester', 'team']).default('requester'),
});

/**
 * What a decision asks for on top of its risk tier; it can only raise.
 *
 * @public
 */
export const raisedApproval = z.strictObject({
  count: z.int().min(1).max(20).optional(),
  required: z.array(required).max(20).optional(),
  presence: z.boolean().optional(),
});
