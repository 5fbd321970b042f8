import { z } from 'zod';
import { currency, expression, name, operation, some, title } from './texts';

const amounts = {
  name,
  title: title.optional(),
  perHour: z.number().min(0).max(1e12).optional(),
  perDecision: z.number().min(0).max(1e12).optional(),
  currency: currency.default('USD'),
  action: z.enum(['alert', 'hard', 'auto-stop']),
};

const oneAmount = (limit: { perHour?: number; perDecision?: number }) =>
  (limit.perHour === undefined) !== (limit.perDecision === undefined);

const oneAmountMessage = 'A limit has either perHour or perDecision';

/** A limit of one risk tier. */
export const tierLimit = z
  .strictObject(amounts)
  .refine(oneAmount, oneAmountMessage);

/**
 * A limit on what changes may cost.
 *
 * @public
 */
export const limit = z
  .strictObject({
    ...amounts,
    operations: some(operation).optional(),
    riskTiers: some(name).optional(),
    match: expression.optional(),
  })
  .refine(oneAmount, oneAmountMessage);
