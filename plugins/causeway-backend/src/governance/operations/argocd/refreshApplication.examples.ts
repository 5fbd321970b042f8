import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const refreshApplicationExamples: OperationExample[] = [
  {
    title: 'Look again after a push',
    target: 'resource:default/argocd-nonprod.application.cart-staging',
    input: { refresh: 'normal' },
  },
];
