import { InputError } from '@backstage/errors';
import { findSecret } from '../requests/findSecrets';

/** What was sent holds a secret; 422 over HTTP. */
export class SecretError extends InputError {
  readonly statusCode = 422;
}

/**
 * Goes on for what holds no secret. The error does not repeat it, because
 * errors are logged.
 *
 * @throws SecretError with the place and the kind
 */
export function requireNoSecrets(value: unknown): void {
  const found = findSecret(value);
  if (found) {
    throw new SecretError(
      `${found.at} holds what looks like ${found.what}. Nothing was stored; send a reference to it instead, and replace it if it is a real one`,
    );
  }
}
