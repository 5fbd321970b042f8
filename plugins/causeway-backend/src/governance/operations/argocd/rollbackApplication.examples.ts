import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const rollbackApplicationExamples: OperationExample[] = [
  {
    title: 'Back to the first deployment of the ledger',
    target: 'resource:default/argocd-prod.application.ledger-production-us',
    input: { id: 0, prune: false },
  },
];
