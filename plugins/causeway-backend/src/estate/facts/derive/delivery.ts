import type { ApplicationSubject } from '../../projection/management';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';

export const deliveryFacts = defineFacts({
  'gitops.managed': {
    type: 'boolean',
    subjects: workloadTypes,
    description: 'Whether an Argo CD application manages it',
  },
  'gitops.automated': {
    type: 'boolean',
    subjects: [...workloadTypes, 'argocd-application'],
    absence: 'none',
    description: 'Whether its application syncs by itself',
  },
  'gitops.application': {
    type: 'string',
    reference: true,
    subjects: workloadTypes,
    absence: 'none',
    description: 'Reference of the Argo CD application that manages it',
  },
});

export function deriveDelivery(
  application: ApplicationSubject | undefined,
  facts: ValuesOf<typeof deliveryFacts>,
): void {
  facts['gitops.managed'] = application !== undefined;
  if (application) {
    facts['gitops.automated'] = application.data.automated;
    facts['gitops.application'] = application.ref;
  }
}
