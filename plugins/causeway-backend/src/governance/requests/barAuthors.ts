import type {
  Plan,
  Requester,
} from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from './GateParts';

/** `Grace Hopper <grace@meridian.example>`, as Git has it. */
const author = /<([^<>\s]+@[^<>\s]+)>\s*$/;

/** The address that GitHub gives those who hide theirs. */
const hidden = /^(?:\d+\+)?([a-z\d][a-z\d-]*)@users\.noreply\./;

/**
 * Whoever wrote what would be deployed belongs to those who ask for it, and so
 * does not vote on it (THREATS H2). Git believes whatever an author says of
 * itself: that can bar somebody who is not meant, and lets nobody vote.
 */
export async function barAuthors(
  { membership }: Pick<GateParts, 'membership'>,
  requester: Requester,
  plan: Plan | undefined,
): Promise<Requester> {
  const email = author.exec(plan?.bound?.author ?? '')?.[1].toLowerCase();
  if (!email) {
    return requester;
  }
  const login = hidden.exec(email)?.[1];
  const refs = login
    ? [...(await membership.people([`user:default/${login}`])).keys()]
    : await membership.named(email);
  return { ...requester, set: [...new Set([...requester.set, ...refs])] };
}
