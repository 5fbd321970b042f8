import type { AgentConfig } from '../config/GateConfig';
import { agentKey, type Principal } from '../principals/Principal';
import type { RequestAttributes } from '../requests/RequestFilter';

type Scope = Pick<AgentConfig, 'operations' | 'environments'>;

function scopesOf(
  principal: Principal,
  agents: readonly AgentConfig[],
): readonly Scope[] {
  const key = agentKey(principal)?.toLocaleLowerCase('en-US');
  return [
    ...(principal.kind === 'subject' ? [principal] : []),
    ...agents.filter(agent => agent.key === key),
  ];
}

/**
 * Whether configuration lets a service subject or a registered agent ask for
 * that. An environment that is not known is in nobody's scope.
 */
export function inScope(
  principal: Principal,
  attributes: RequestAttributes,
  agents: readonly AgentConfig[],
): boolean {
  const { operation, environment } = attributes;
  return scopesOf(principal, agents).every(
    scope =>
      scope.operations.includes(String(operation)) &&
      environment !== undefined &&
      scope.environments.includes(String(environment)),
  );
}
