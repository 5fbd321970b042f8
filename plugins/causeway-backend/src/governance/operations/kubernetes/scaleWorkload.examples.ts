import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const scaleWorkloadExamples: OperationExample[] = [
  {
    title: 'Six pods for the evening',
    target: 'resource:default/production-eu.payments.deployment.payment-api',
    input: { replicas: 6 },
  },
];
