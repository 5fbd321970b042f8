import { NotFoundError } from '@backstage/errors';
import type { GateParts } from '../requests/GateParts';
import { haltAll } from './HaltStore';

const form =
  "a scope is 'all', a service as 'subject:<name>', a person as 'user:default/<name>', or what acts for a person as 'user:default/<name> via plugin:mcp-actions'; a request says it as agentRecord.agent";

/**
 * Whether there is anybody whom a halt of this scope would stop: a switch that
 * is thrown beside the one that was meant stops nothing, and says it did.
 *
 * @throws NotFoundError where nobody is called so
 */
export async function requireHaltScope(
  { membership, settings }: Pick<GateParts, 'membership' | 'settings'>,
  scope: string,
): Promise<void> {
  if (scope === haltAll) {
    return;
  }
  const [who] = scope.split(' via ');
  const isKnown = who.startsWith('subject:')
    ? settings.subjects.some(({ name }) => `subject:${name}` === scope)
    : /^user:[^/]+\/./.test(who) &&
      (await membership.person(who)) !== undefined;
  if (!isKnown) {
    throw new NotFoundError(
      `Nothing is halted: there is no '${scope.slice(0, 200)}' (${form})`,
    );
  }
}
