import { z } from 'zod';

const most = 50;
const text = (longest = 4000) => z.string().trim().min(1).max(longest);
const count = () => z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const amount = () => z.number().min(0).max(1e15);

const measurement = z.strictObject({
  name: text(200),
  value: z.number(),
  unit: text(50).optional(),
  window: z
    .string()
    .max(50)
    .regex(
      /^P(?=\d|T\d)(\d+W|(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)$/,
      'must be an ISO 8601 duration such as PT15M',
    )
    .optional(),
  samples: count().optional(),
  source: text(200).optional(),
});

const recommendedValue = z.strictObject({
  path: text(300),
  current: z.unknown().optional(),
  proposed: z.unknown().optional(),
});

/** The decision record, bounded. */
export const recommendationSchema = z.strictObject({
  asked: text().optional(),
  decisionType: text(100).optional(),
  observed: z.array(measurement).max(most).default([]),
  constraints: z.array(text()).max(most).default([]),
  decided: z.array(recommendedValue).max(most).default([]),
  rationale: text().optional(),
  rejected: z
    .array(z.strictObject({ alternative: text(), why: text() }))
    .max(most)
    .default([]),
  confidence: z.number().min(0).max(1).optional(),
  model: text(200).optional(),
  traceId: text(200).optional(),
  usage: z
    .strictObject({
      tokens: count().optional(),
      cost: amount().optional(),
      durationMs: count().optional(),
    })
    .optional(),
});

/** What somebody asks for, bounded. The operation's own schema is held against `input` by the gate. */
export const submissionSchema = z.strictObject({
  operation: z
    .string()
    .max(100)
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'must be the name of an operation, such as scale-workload',
    ),
  target: text(300),
  input: z.record(z.string().max(200), z.unknown()).default({}),
  reason: text(),
  recommendation: recommendationSchema.optional(),
  idempotencyKey: z
    .string()
    .regex(/^[!-~]{1,200}$/, 'must be 1 to 200 visible ASCII characters')
    .optional(),
  agentName: text(100).optional(),
});
