import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const setResourceRequestsExamples: OperationExample[] = [
  {
    title: 'More memory for an experiment',
    target: 'resource:default/staging.payments.deployment.load-test',
    input: { container: 'experiment', cpu: '250m', memory: '512Mi' },
  },
];
