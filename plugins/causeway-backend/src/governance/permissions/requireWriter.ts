import { NotAllowedError } from '@backstage/errors';
import type { Caller } from '../principals/Principal';
import { readsProgressOnly } from '../principals/progressOnly';

/** What the gate lets be written where Backstage's permissions are switched off (THREATS C5). */
export type PermissionsOff = 'read-only' | 'allowed';

/** Why nothing can be written where permissions are off. */
export const readOnlyReason =
  'The gate is read-only, because permission.enabled is not true: everybody could ask for everything. Switch permissions on';

/**
 * Goes on for those who may ask at all.
 *
 * @throws NotAllowedError for everything that is neither a person nor a configured subject
 */
export function requireAsker({ principal }: Caller): void {
  if (principal.kind === 'other') {
    throw new NotAllowedError(principal.refusal);
  }
}

/**
 * Goes on for people only: nobody stands between them and the gate.
 *
 * @throws NotAllowedError for services, and for what acts for a person
 */
export function requirePerson(caller: Caller, what: string): void {
  requireAsker(caller);
  const { principal } = caller;
  if (principal.kind !== 'user') {
    throw new NotAllowedError(
      `${what} is for people, and ${principal.ref} is none: a person does it in the portal`,
    );
  }
  if (principal.actor !== undefined) {
    throw new NotAllowedError(
      `${what} is for people themselves, and ${principal.actor} acts for ${principal.ref} here: do it in the portal`,
    );
  }
}

/**
 * Goes on for those who may read requests.
 *
 * @throws NotAllowedError for the scaffolder itself, which waits for requests and need not know what they are about
 */
export function requireReader({ principal }: Caller): void {
  if (readsProgressOnly(principal)) {
    throw new NotAllowedError(
      `${principal.ref} reads only how far a request is that a template made: ask for its progress, or forward the credentials of the person it works for`,
    );
  }
}
