import { z } from 'zod';
import { parseDuration } from '../duration';

/** Most characters of an expression. */
export const longestExpression = 2000;

export const name = z
  .string()
  .max(63, 'A name has at most 63 characters')
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'A name consists of lower-case letters, digits and dashes',
  );

export const title = z.string().min(1).max(200);

export const prose = z.string().min(1).max(2000);

export const duration = z
  .string()
  .refine(
    text => parseDuration(text) !== undefined,
    'A duration is a whole number with s, m, h or d: 90s, 30m, 4h, 2d',
  );

/** CEL; what it may look at is checked when the file is read. */
export const expression = z.string().min(1).max(longestExpression);

export const groupRef = z
  .string()
  .max(200)
  .regex(
    /^group:[a-z0-9._-]+\/[a-z0-9._-]+$/,
    'A group is named in full and in lower case: group:default/payments',
  );

/** `owner` stands for the group that owns the target. */
export const approver = z.union([z.literal('owner'), groupRef], {
  error:
    'An approver is a group in full and in lower case (group:default/payments), or owner',
});

export const operation = z
  .string()
  .max(100)
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'An operation is named in lower case with dashes: scale-workload',
  );

/** Where all of them can be meant, `*` says so. */
export const operationOrAll = z.union([z.literal('*'), operation], {
  error:
    'An operation is named in lower case with dashes (scale-workload), or * for all',
});

export const environment = z.string().min(1).max(63);

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'A currency is three capital letters: USD');

export const instant = z
  .string()
  .refine(
    text =>
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(
        text,
      ) && Number.isFinite(Date.parse(text)),
    'A time is written with its offset: 2026-12-18T00:00:00Z',
  );

export const changeClass = z.enum([
  'application',
  'infrastructure',
  'migration',
]);

/** A list that names something at least once. */
export function some<T extends z.ZodType>(item: T): z.ZodArray<T> {
  return z.array(item).min(1).max(200);
}
