import type { ActionZod } from './schemas';

const texts = (z: ActionZod) => z.array(z.string()).optional();
const untrusted = (z: ActionZod) => z.record(z.string()).optional();

const refusals = (z: ActionZod) =>
  z.array(z.object({ reason: z.string(), hint: z.string() })).optional();

/** What came of asking. */
export const receipt = (z: ActionZod) =>
  z.object({
    id: z.string(),
    state: z.string(),
    tier: z.number(),
    decidedBy: z.string(),
    why: z.string(),
    link: z.string(),
    expiresAt: z.string().optional(),
    deciders: texts(z),
    refusals: refusals(z),
    untrusted: untrusted(z),
  });

/** What would become of a request. */
export const preview = (z: ActionZod) =>
  z.object({
    outcome: z.string(),
    tier: z.number(),
    risk: z.string(),
    decidedBy: z.string(),
    why: z.string(),
    doubts: texts(z),
    refusals: refusals(z),
    approvals: z.number().optional(),
    deciders: texts(z),
    costPerHour: z.number().optional(),
    reaches: z.number().optional(),
    untrusted: untrusted(z),
  });

/** A request in a list. */
export const requestRow = (z: ActionZod) =>
  z.object({
    id: z.string(),
    state: z.string(),
    operation: z.string(),
    tier: z.number(),
    risk: z.string(),
    target: z.string().optional(),
    owner: z.string().optional(),
    environment: z.string().optional(),
    requester: z.string().optional(),
    approvals: z.string(),
    decideBy: z.string().optional(),
    untrusted: untrusted(z),
  });

/** A request. */
export const request = (z: ActionZod) =>
  requestRow(z)
    .omit({ approvals: true })
    .extend({
      why: z.string(),
      decidedBy: z.string().optional(),
      missing: z.string().optional(),
      deciders: texts(z),
      refusals: refusals(z),
      executeBy: z.string().optional(),
      finishedAt: z.string().optional(),
      link: z.string(),
    });

/**
 * The decision record, as an agent gives it. Its parts are said in words: each
 * byte stands in every client's list of tools, and spelled out it takes a
 * seventh of all. The gate holds the exact schema against it and says where it
 * differs.
 */
export const recommendation = (z: ActionZod) =>
  z
    .record(z.unknown())
    .optional()
    .describe(
      'asked, decisionType, observed[{name,value,unit,window:PT15M,samples,source}], constraints[], decided[{path,current,proposed}], rationale, rejected[{alternative,why}], confidence 0-1, model, traceId, usage{tokens,cost,durationMs}',
    );

/** What is asked for. */
export const asked = (z: ActionZod) => ({
  operation: z.string(),
  target: z.string(),
  input: z.record(z.unknown()),
  reason: z.string(),
});
