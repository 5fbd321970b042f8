import { stringify } from 'yaml';

/** Templates to learn `causeway:approval` from. */
export const approvalExamples = [
  {
    description: 'Make a database only once people agree',
    example: stringify({
      steps: [
        {
          id: 'approval',
          name: 'People agree',
          action: 'causeway:approval',
          if: "${{ parameters.environment === 'production' }}",
          input: {
            reason: '${{ parameters.reason }}',
            binds: {
              database: '${{ parameters.name }}',
              size: '${{ parameters.size }}',
            },
          },
        },
        {
          id: 'claim',
          name: 'Write the claim',
          action: 'fetch:template',
          input: { url: './claim', values: { name: '${{ parameters.name }}' } },
        },
      ],
    }),
  },
];
