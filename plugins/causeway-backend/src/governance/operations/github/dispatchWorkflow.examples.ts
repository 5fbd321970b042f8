import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const dispatchWorkflowExamples: OperationExample[] = [
  {
    title: 'Build payment-api anew',
    target: 'resource:default/meridian.payment-api',
    input: { workflow: 'rebuild.yaml', inputs: { reason: 'A new base image' } },
  },
];
