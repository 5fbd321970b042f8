import { stringify } from 'yaml';

/** Templates to learn `causeway:stamp` from. */
export const stampExamples = [
  {
    description: 'Stamp catalog-info.yaml of what was just fetched',
    example: stringify({
      steps: [
        {
          id: 'fetch',
          action: 'fetch:template',
          input: { url: './skeleton', values: { name: 'returns-api' } },
        },
        { id: 'stamp', action: 'causeway:stamp' },
      ],
    }),
  },
  {
    description: 'Stamp another file',
    example: stringify({
      steps: [
        {
          id: 'stamp',
          action: 'causeway:stamp',
          input: { file: 'services/returns/catalog-info.yaml' },
        },
      ],
    }),
  },
];
