import { z } from 'zod';

const aDay = 86_400_000;
const text = z.string().trim().min(1).max(4000);

/** `POST /requests/:id/votes`. */
export const ballotSchema = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  digest: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/,
      'must be the digest of the request as it was seen',
    ),
  comment: text.optional(),
  // Whole milliseconds, as databases keep them. A page that stood open over
  // night is no reason to refuse a vote.
  lookedFor: z
    .number()
    .int()
    .min(0)
    .transform(ms => Math.min(ms, aDay))
    .optional(),
});

/** Bodies of a word to say, or none: withdrawing, completing. */
export const commentSchema = z.strictObject({ comment: text.optional() });

/** `POST /requests/:id/reconcile`. */
export const reconciliationSchema = z.strictObject({
  outcome: z.enum(['succeeded', 'failed']),
  comment: text,
});

/** `POST /requests/:id/feedback`. */
export const feedbackSchema = z.strictObject({
  verdict: z.enum(['right', 'wrong', 'unnecessary']),
  comment: text.optional(),
});

/** `POST /audit/erase`. */
export const erasureSchema = z
  .strictObject({
    seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    of: z
      .string()
      .regex(/^[!-~]+$/, 'must be a reference, such as user:default/ada')
      .max(512)
      // As people are on record.
      .transform(ref =>
        ref.startsWith('user:') ? ref.toLocaleLowerCase('en-US') : ref,
      )
      .optional(),
    fields: z.array(z.string().min(1).max(64)).min(1).max(20).optional(),
    why: text.max(500),
  })
  .refine(({ seq, of }) => (seq === undefined) !== (of === undefined), {
    message: 'takes exactly one of seq (an entry) and of (whoever wrote)',
  });

/** `POST /halt`, `POST /halt/resume`. */
export const haltSchema = z.strictObject({
  scope: z
    .string()
    .regex(
      /^[!-~]+( via [!-~]+)?$/,
      "must be 'all', a service, a person or an agent",
    )
    .max(600),
  reason: text,
});
