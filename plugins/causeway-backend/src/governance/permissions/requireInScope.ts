import { NotAllowedError } from '@backstage/errors';
import type { AgentConfig } from '../config/GateConfig';
import { agentKey, type Principal } from '../principals/Principal';
import type { RequestAttributes } from '../requests/RequestFilter';

interface Scope extends Pick<AgentConfig, 'operations' | 'environments'> {
  /** Where configuration says so. */
  key: string;
}

function scopesOf(
  principal: Principal,
  agents: readonly AgentConfig[],
): readonly Scope[] {
  const key = agentKey(principal)?.toLocaleLowerCase('en-US');
  return [
    ...(principal.kind === 'subject'
      ? [{ ...principal, key: 'causeway.gate.subjects' }]
      : []),
    ...agents
      .filter(agent => agent.key === key)
      .map(agent => ({ ...agent, key: 'causeway.gate.agents' })),
  ];
}

/**
 * Goes on where configuration lets a service subject or a registered agent ask
 * for that. An environment that is not known is in nobody's scope.
 *
 * @throws NotAllowedError with what it may ask for, and where that is said
 */
export function requireInScope(
  principal: Principal,
  { operation, environment }: RequestAttributes,
  agents: readonly AgentConfig[],
): void {
  for (const { key, operations, environments } of scopesOf(principal, agents)) {
    if (
      !operations.includes(String(operation)) ||
      environment === undefined ||
      !environments.includes(String(environment))
    ) {
      throw new NotAllowedError(
        `${agentKey(principal)} may ask for ${operations.join(', ')} in ${environments.join(', ')}, and not for ${operation} in ${environment ?? 'an environment that is not known'}: see ${key}`,
      );
    }
  }
}
