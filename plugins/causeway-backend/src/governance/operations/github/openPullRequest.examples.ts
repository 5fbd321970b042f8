import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const openPullRequestExamples: OperationExample[] = [
  {
    title: 'Four pods, where Git sets the number',
    target: 'resource:default/staging.payments.deployment.payment-api',
    input: {
      title: 'Run four pods of payment-api in staging',
      changes: [{ path: 'spec.replicas', value: 4 }],
    },
  },
];
