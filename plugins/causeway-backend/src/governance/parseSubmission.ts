import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { RequestSubmission } from '@causeway/backstage-plugin-causeway-common';
import type { z } from 'zod';
import { checkJson } from './input/checkJson';
import { requireNoSecrets } from './input/requireNoSecrets';
import { submissionSchema } from './input/submissionSchema';

/** An entity reference in full, in lower case. */
export function parseRef(text: string, field: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      `${field} must be an entity reference such as component:default/payment-api`,
    );
  }
}

/**
 * Holds a value against a schema.
 *
 * @throws InputError that names each place and says what was expected there
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
  throw new InputError(issues.join('; '));
}

/**
 * What somebody asks for, from REST and from actions alike: bounded, of whole
 * characters, without secrets.
 *
 * @throws InputError that says where; SecretError for secrets
 */
export function parseSubmission(value: unknown): RequestSubmission {
  checkJson(value, 'The request');
  requireNoSecrets(value);
  const submission = parseWith(submissionSchema, value);
  return {
    ...(submission as RequestSubmission),
    target: parseRef(submission.target, 'target'),
  };
}
