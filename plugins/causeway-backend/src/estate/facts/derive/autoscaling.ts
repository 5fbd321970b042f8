import type { Observed } from '../../projection/model';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';

const scaled = {
  subjects: workloadTypes,
  notFor: ['CronJob', 'DaemonSet'],
} as const;

export const autoscalingFacts = defineFacts({
  'autoscaling.present': {
    ...scaled,
    type: 'boolean',
    description: 'Whether a HorizontalPodAutoscaler sets the number of pods',
  },
  'autoscaling.min': {
    ...scaled,
    type: 'number',
    unit: 'pods',
    absence: 'none',
    description: 'Fewest pods that the autoscaler asks for; Kubernetes takes 1',
  },
  'autoscaling.max': {
    ...scaled,
    type: 'number',
    unit: 'pods',
    absence: 'none',
    description: 'Most pods that the autoscaler asks for',
  },
});

export function deriveAutoscaling(
  autoscaler: Observed<'HorizontalPodAutoscaler'> | undefined,
  facts: ValuesOf<typeof autoscalingFacts>,
): void {
  facts['autoscaling.present'] = autoscaler !== undefined;
  if (autoscaler) {
    facts['autoscaling.min'] = autoscaler.data.min ?? 1;
    facts['autoscaling.max'] = autoscaler.data.max;
  }
}
