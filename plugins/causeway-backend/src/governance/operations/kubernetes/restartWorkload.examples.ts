import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const restartWorkloadExamples: OperationExample[] = [
  {
    title: 'New pods for a service that leaks memory',
    target: 'resource:default/staging.payments.deployment.payment-worker',
    input: {},
  },
];
