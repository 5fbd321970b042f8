import type { OperationExample } from '@causeway/backstage-plugin-causeway-common';

export const runTemplateExamples: OperationExample[] = [
  {
    title: 'Let a template go on that makes a database',
    target: 'template:default/database-claim',
    input: {
      uid: '6f9a2f0e-2f43-4d38-8a29-6f3d3f0f7b11',
      etag: '41d2b1c3',
      task: 'd3b8a4f2-8f0e-4c5c-9b1d-6a1f6f3d7c55',
      step: 'approval',
      digest:
        '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      remaining: [
        { id: 'claim', name: 'Write the claim', action: 'fetch:template' },
      ],
      binds: { name: 'orders', size: 'small', retention: '30d' },
    },
  },
];
