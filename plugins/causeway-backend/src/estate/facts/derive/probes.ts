import type { ObservedWorkload } from '../../observations/model';
import { mainContainer } from '../../projection/subjects';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';

const probe = {
  type: 'boolean',
  subjects: workloadTypes,
  notFor: ['CronJob'],
} as const;

export const probeFacts = defineFacts({
  'probes.liveness': {
    ...probe,
    description: 'Whether the main container has a liveness probe',
  },
  'probes.readiness': {
    ...probe,
    description: 'Whether the main container has a readiness probe',
  },
  'probes.startup': {
    ...probe,
    description: 'Whether the main container has a startup probe',
  },
});

/** Of the main container: sidecars are somebody else's. */
export function deriveProbes(
  workload: ObservedWorkload,
  facts: ValuesOf<typeof probeFacts>,
): void {
  const probes = mainContainer(workload)?.probes;
  if (probes && workload.workloadKind !== 'CronJob') {
    facts['probes.liveness'] = probes.includes('liveness');
    facts['probes.readiness'] = probes.includes('readiness');
    facts['probes.startup'] = probes.includes('startup');
  }
}
