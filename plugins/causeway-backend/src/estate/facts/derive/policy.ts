import type { PolicyFailure } from '@causeway/backstage-plugin-causeway-common';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';

const count = {
  type: 'number',
  unit: 'failures',
  subjects: workloadTypes,
} as const;

export const policyFacts = defineFacts({
  'policy.failures': {
    ...count,
    description:
      'Policies that it fails by the reports of its cluster, warnings and errors aside, at most 32; unknown where the cluster has no report at all',
  },
  'policy.failures.critical': {
    ...count,
    description: 'Those of severity `critical`',
  },
  'policy.failures.high': {
    ...count,
    description: 'Those of severity `high`',
  },
  'policy.failures.medium': {
    ...count,
    description: 'Those of severity `medium`',
  },
  'policy.failures.low': {
    ...count,
    description: 'Those of severity `low`, `info` or none',
  },
});

/** Counts what a thing fails, by severity. */
export function derivePolicy(
  failures: readonly PolicyFailure[],
  facts: ValuesOf<typeof policyFacts>,
): void {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  let all = 0;
  for (const { result, severity } of failures) {
    if (result === 'fail') {
      const level = severity?.toLowerCase() ?? '';
      const rated =
        level === 'critical' || level === 'high' || level === 'medium';
      counts[rated ? level : 'low'] += 1;
      all += 1;
    }
  }
  facts['policy.failures'] = all;
  facts['policy.failures.critical'] = counts.critical;
  facts['policy.failures.high'] = counts.high;
  facts['policy.failures.medium'] = counts.medium;
  facts['policy.failures.low'] = counts.low;
}
