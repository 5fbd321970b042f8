import { z } from 'zod';
import { raisedApproval } from './approval';
import {
  approver,
  changeClass,
  expression,
  name,
  operation,
  prose,
  some,
  title,
} from './texts';

const manual = z.strictObject({
  runbook: prose.optional(),
  checklist: z.array(prose).max(50).default([]),
  doneBy: z.array(approver).max(20).default(['owner']),
});

/**
 * Who decides about an operation: policy within bounds (1), people who review
 * (2), people who do it themselves (3), or nobody (`refuse`).
 *
 * @public
 */
export const decision = z
  .strictObject({
    name,
    title: title.optional(),
    operations: some(operation).optional(),
    classes: some(changeClass).optional(),
    capabilities: some(name).optional(),
    riskTiers: some(name).optional(),
    when: expression.optional(),
    tier: z.union(
      [z.literal(1), z.literal(2), z.literal(3), z.literal('refuse')],
      {
        error: 'The tier is 1, 2, 3 or refuse',
      },
    ),
    reason: prose.optional(),
    hint: prose.optional(),
    approval: raisedApproval.optional(),
    manual: manual.optional(),
  })
  .refine(
    rule => rule.operations || rule.classes || rule.capabilities || rule.when,
    'A decision names operations, classes or capabilities, or says when',
  )
  .refine(
    rule => rule.tier !== 1 || rule.operations || rule.capabilities,
    'What runs by itself is named: give operations or capabilities',
  )
  .refine(
    rule => rule.tier !== 1 || rule.approval === undefined,
    'What runs by itself has no approval of its own; the risk tier says who approves beyond bounds',
  )
  .refine(
    rule => (rule.tier === 3) === (rule.manual !== undefined),
    'Tier 3 hands over a manual task: it, and only it, has manual (runbook, checklist, doneBy)',
  );

/**
 * How far a quantity may go by itself.
 *
 * @public
 */
export const bound = z
  .strictObject({
    name,
    quantity: z.string().min(1).max(63),
    operations: some(operation).optional(),
    decisions: some(name).optional(),
    riskTiers: some(name).optional(),
    minFactor: z.number().min(0).max(1000).optional(),
    maxFactor: z.number().min(0).max(1000).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    ifAbsent: z.enum(['stricter', 'unchanged']).default('stricter'),
    reason: prose.optional(),
  })
  .refine(
    one =>
      [one.minFactor, one.maxFactor, one.min, one.max].some(
        value => value !== undefined,
      ),
    'A bound has at least one of minFactor, maxFactor, min and max',
  );
