import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const syncApplicationExamples: OperationExample[] = [
  {
    title: 'Bring the latest release of shipping to production',
    target: 'resource:default/argocd-prod.application.shipping-production-eu',
    input: { prune: false },
  },
];
