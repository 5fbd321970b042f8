import { stringify } from 'yaml';

/** Templates to learn `causeway:request` from. */
export const requestExamples = [
  {
    description: 'Scale a workload, and go on once that is done',
    example: stringify({
      steps: [
        {
          id: 'scale',
          name: 'Make room for the campaign',
          action: 'causeway:request',
          input: {
            operation: 'scale-workload',
            target: '${{ parameters.workload }}',
            input: { replicas: '${{ parameters.replicas }}' },
            reason: '${{ parameters.reason }}',
          },
        },
      ],
    }),
  },
  {
    description:
      'Ask, and go on at once: whoever runs it looks at the request later',
    example: stringify({
      steps: [
        {
          id: 'restart',
          action: 'causeway:request',
          input: {
            operation: 'restart-workload',
            target: '${{ parameters.workload }}',
            reason: 'It has read its configuration at start only',
            wait: false,
          },
        },
      ],
    }),
  },
];
