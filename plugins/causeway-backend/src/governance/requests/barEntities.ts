import type { Requester } from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from './GateParts';

/**
 * One person may have several User entities: all of those who ask belong to
 * those who asked (THREATS H2).
 */
export async function barEntities(
  { acquaintance }: Pick<GateParts, 'acquaintance'>,
  requester: Requester,
): Promise<Requester> {
  const people = await acquaintance.people(requester.set);
  const emails = [...people.values()]
    .map(({ identity }) => identity)
    .filter(identity => identity.includes('@'));
  const others = await Promise.all(
    emails.map(email => acquaintance.named(email)),
  );
  return {
    ...requester,
    set: [...new Set([...requester.set, ...others.flat()])],
  };
}
