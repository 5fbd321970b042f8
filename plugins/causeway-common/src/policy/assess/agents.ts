import type { CompiledTier } from '../compilePolicy';
import type { PolicyDocument } from '../PolicyDocument';
import type { Known } from './Known';
import type { View } from './views';
import { countOf } from '../../countOf';

/**
 * Why an agent's request does not run by itself although policy lets the
 * operation: in production a rule has to name operation and environment
 * (THREATS H16), and the agent has to be good enough. A record only ever makes
 * stricter (H11).
 */
export function holdAgentRules(
  { spec }: PolicyDocument,
  options: {
    known: Known;
    view: View;
    /** What lets the operation run by itself. */
    entries: readonly CompiledTier['autonomous'][number][];
  },
): string | undefined {
  const { known, view, entries } = options;
  const { agent } = known;
  if (!agent) {
    return undefined;
  }
  const rules = spec.agents;
  if (rules.registeredOnly && !agent.registered) {
    return 'Only agents that configuration names run anything by themselves';
  }
  const { environment } = view.attributes;
  if (environment !== undefined && rules.nonProduction.includes(environment)) {
    return undefined;
  }
  const named = entries.some(
    entry =>
      entry.operation === known.operation &&
      environment !== undefined &&
      entry.environments?.includes(environment),
  );
  if (entries.length > 0 && !named) {
    return 'In production an agent runs only what the risk tier names with operation and environment';
  }
  if (agent.of < rules.minimumSamples) {
    return `The agent's record has ${countOf(agent.of, 'sample')}; it takes ${rules.minimumSamples} to run anything in production`;
  }
  return agent.lowerBound < rules.minimumLowerBound
    ? `The agent was right in at least ${Math.round(agent.lowerBound * 100)} % of cases; it takes ${Math.round(rules.minimumLowerBound * 100)} % to run anything in production`
    : undefined;
}
