import { z } from 'zod';
import { riskLevels } from '../../governance/assessment';
import { approvalRule } from './approval';
import { tierLimit } from './limit';
import {
  environment,
  expression,
  name,
  operationOrAll,
  some,
  title,
} from './texts';

const autonomousOperation = z.strictObject({
  operation: operationOrAll,
  environments: some(environment).optional(),
  when: expression.optional(),
});

/** A bare name is short for an entry that says nothing else. */
const autonomous = z.preprocess(
  value => (typeof value === 'string' ? { operation: value } : value),
  autonomousOperation,
);

/**
 * How much is at stake for the targets that it matches.
 *
 * @public
 */
export const riskTier = z.strictObject({
  name,
  title,
  level: z.enum(riskLevels),
  match: expression,
  autonomous: z.array(autonomous).max(200).default([]),
  approval: approvalRule.prefault({}),
  scaleFactor: z.number().min(1).max(100).optional(),
  autoRollback: z.boolean().default(false),
  limits: z.array(tierLimit).max(50).default([]),
});
