/**
 * The key by which the gate limits, records and halts an agent: the service
 * subject, or the user together with what acts. What an agent calls itself is
 * no part of it.
 *
 * @returns undefined for a person with nothing between
 *
 * @public
 */
export function agentKeyOf(who: {
  ref: string;
  kind: 'user' | 'subject';
  actor?: string;
}): string | undefined {
  if (who.kind === 'subject') {
    return who.ref;
  }
  return who.actor ? `${who.ref} via ${who.actor}` : undefined;
}

/**
 * The scopes of a halt that stop somebody, besides `all`: who asks, and what
 * acts for them. A halt of a person stops every agent that acts for that
 * person; a halt of an agent leaves the person alone.
 *
 * @public
 */
export function haltScopesOf(who: {
  ref: string;
  kind: 'user' | 'subject';
  actor?: string;
}): string[] {
  const key = agentKeyOf(who);
  return key && key !== who.ref ? [who.ref, key] : [who.ref];
}
