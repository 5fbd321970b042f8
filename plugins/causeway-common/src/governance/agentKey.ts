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
