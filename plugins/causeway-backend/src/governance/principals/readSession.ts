import type { UserPrincipal } from './Principal';

/**
 * What a user's token says of how it came to be. Only for tokens that httpAuth
 * has verified: nothing is checked here. A token of a sign-in in the portal
 * carries what its person owns (`ent`), where
 * `auth.omitIdentityTokenOwnershipClaim` is false; one that was made for an
 * OAuth client does not (DECISIONS 1).
 */
export function readSession(
  authorization: string | undefined,
  userRef: string,
): UserPrincipal['session'] {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  const payload = token?.split('.')[1];
  if (!payload) {
    return 'unknown';
  }
  try {
    const claims = JSON.parse(
      Buffer.from(payload, 'base64url').toString('utf8'),
    );
    return Array.isArray(claims.ent) &&
      String(claims.sub).toLocaleLowerCase('en-US') === userRef
      ? 'interactive'
      : 'unknown';
  } catch {
    return 'unknown';
  }
}
