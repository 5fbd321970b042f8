import { z } from 'zod';
import {
  duration,
  environment,
  expression,
  groupRef,
  instant,
  name,
  operation,
  prose,
  some,
  title,
} from './texts';

/**
 * What usually holds for a class of changes.
 *
 * @public
 */
export const classDefaults = z.strictObject({
  approvals: z.int().min(1).max(20).default(1),
  soak: duration.default('5m'),
  checks: z.array(prose).max(50).default([]),
  rollback: z.enum(['minutes', 'hours', 'never']).default('minutes'),
});

/**
 * Something that the platform offers: who brings it, and who may ask for it.
 *
 * @public
 */
export const capability = z.strictObject({
  name,
  title: title.optional(),
  producers: z.array(groupRef).max(200).default([]),
  consumers: some(groupRef).optional(),
});

/**
 * A time in which nothing changes.
 *
 * @public
 */
export const freeze = z
  .strictObject({
    name,
    from: instant.optional(),
    to: instant.optional(),
    when: expression.optional(),
    operations: some(operation).optional(),
    reason: prose,
    except: expression.optional(),
  })
  .refine(
    one =>
      one.from !== undefined || one.to !== undefined || one.when !== undefined,
    'A freeze says from, to or when',
  )
  .refine(
    one => !one.from || !one.to || Date.parse(one.from) < Date.parse(one.to),
    'A freeze ends after it begins',
  );

/**
 * What holds for agents besides everything else.
 *
 * @public
 */
export const agents = z.strictObject({
  requestsPerMinute: z.int().min(1).max(10_000).default(10),
  assessmentsPerMinute: z.int().min(1).max(10_000).default(60),
  openRequests: z.int().min(1).max(10_000).default(20),
  openPerTarget: z.int().min(1).max(1000).default(1),
  repetition: z
    .strictObject({
      count: z.int().min(2).max(1000).default(3),
      within: duration.default('1h'),
    })
    .prefault({}),
  coolDown: duration.default('15m'),
  spread: z
    .strictObject({
      targets: z.int().min(0).max(10_000).default(20),
      within: duration.default('1h'),
    })
    .prefault({}),
  registeredOnly: z.boolean().default(false),
  minimumSamples: z.int().min(0).max(10_000).default(0),
  minimumLowerBound: z.number().min(0).max(1).default(0),
  nonProduction: z.array(environment).max(50).default([]),
});

/**
 * Operations for which an agent has to give its reasons in full.
 *
 * @public
 */
export const interpretability = z.strictObject({
  name,
  operations: some(operation).optional(),
  riskTiers: some(name).optional(),
  reason: prose.optional(),
});

/**
 * Whether somebody who is away may name a deputy.
 *
 * @public
 */
export const delegation = z.strictObject({
  allowed: z.boolean().default(false),
  longest: duration.default('14d'),
  withinGroup: z.boolean().default(true),
});

/**
 * Lets a managed target be changed past Git.
 *
 * @public
 */
export const gitException = z.strictObject({
  name,
  operations: some(operation),
  when: expression,
  reason: prose,
});
