import type { Observed } from '../../projection/model';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';
import { selectsLabels } from '../selectsLabels';

const whether = { type: 'boolean', subjects: workloadTypes } as const;

export const networkFacts = defineFacts({
  'networkPolicy.present': {
    ...whether,
    description: 'Whether a NetworkPolicy is for the pods',
  },
  'networkPolicy.ingress': {
    ...whether,
    description:
      'Whether one says who may connect to the pods: nobody else may then',
  },
  'networkPolicy.egress': {
    ...whether,
    description: 'Whether one says where the pods may connect to',
  },
});

/**
 * `policies` are those of the workload's namespace. Of a selector that says
 * more than labels only these are kept: what could be meant is not known.
 */
export function deriveNetwork(
  podLabels: Record<string, string>,
  policies: readonly Observed<'NetworkPolicy'>[],
  facts: ValuesOf<typeof networkFacts>,
): void {
  if (policies.length === 0) {
    facts['networkPolicy.present'] = false;
    facts['networkPolicy.ingress'] = false;
    facts['networkPolicy.egress'] = false;
    return;
  }
  const possible = policies.filter(({ data: { selector } }) =>
    selectsLabels({ labels: selector }, podLabels),
  );
  const certain = possible.filter(({ data }) => !data.selectsByExpression);
  const whetherAny = (counts: (policy: Observed<'NetworkPolicy'>) => boolean) =>
    certain.some(counts) || (possible.some(counts) ? undefined : false);
  facts['networkPolicy.present'] = whetherAny(() => true);
  facts['networkPolicy.ingress'] = whetherAny(({ data }) =>
    data.types.includes('Ingress'),
  );
  facts['networkPolicy.egress'] = whetherAny(({ data }) =>
    data.types.includes('Egress'),
  );
}
