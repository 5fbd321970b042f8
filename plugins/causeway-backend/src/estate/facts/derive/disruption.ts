import { safeText } from '../../projection/text';
import type { Observed } from '../../projection/model';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';
import { selectsLabels } from '../selectsLabels';

const disrupted = {
  subjects: workloadTypes,
  notFor: ['CronJob', 'DaemonSet'],
} as const;

export const disruptionFacts = defineFacts({
  'disruptionBudget.present': {
    ...disrupted,
    type: 'boolean',
    description: 'Whether a PodDisruptionBudget covers the pods',
  },
  'disruptionBudget.minAvailable': {
    ...disrupted,
    type: 'string',
    absence: 'none',
    description: 'What has to stay available: a number or a percentage',
  },
  'disruptionBudget.maxUnavailable': {
    ...disrupted,
    type: 'string',
    absence: 'none',
    description: 'What may be unavailable at most: a number or a percentage',
  },
});

/** `budgets` are those of the workload's namespace. */
export function deriveDisruption(
  podLabels: Record<string, string>,
  budgets: readonly Observed<'PodDisruptionBudget'>[],
  facts: ValuesOf<typeof disruptionFacts>,
): void {
  const budget = budgets.find(({ data }) =>
    selectsLabels(data.selector, podLabels),
  )?.data;
  facts['disruptionBudget.present'] = budget !== undefined;
  if (budget) {
    facts['disruptionBudget.minAvailable'] = safeText(budget.minAvailable, 16);
    facts['disruptionBudget.maxUnavailable'] = safeText(
      budget.maxUnavailable,
      16,
    );
  }
}
