import { answer, entityParameters, errors, noEntity } from '../openapiParts';

/** The route of changes, for the document of the estate. */
export const changePaths = {
  '/estate/entities/{kind}/{namespace}/{name}/changes': {
    get: {
      operationId: 'GetEntityChanges',
      summary: 'What changed of one entity lately',
      description:
        'Answers `EntityChanges`, newest first, within the bounds of `causeway.estate.history`. Relations only where the caller may read both ends.',
      parameters: [
        ...entityParameters,
        {
          name: 'since',
          in: 'query',
          description: 'Epoch milliseconds, inclusive',
          schema: { type: 'integer', minimum: 0, maximum: 8.64e15 },
        },
        {
          name: 'until',
          in: 'query',
          description: 'Epoch milliseconds, exclusive',
          schema: { type: 'integer', minimum: 0, maximum: 8.64e15 },
        },
        {
          name: 'limit',
          in: 'query',
          description: 'Most changes of the page. Defaults to 50',
          schema: { type: 'integer', minimum: 1, maximum: 500 },
        },
        {
          name: 'parts',
          in: 'query',
          description:
            'Whether changes of the workloads that are part of it count too. Defaults to false',
          schema: { type: 'boolean' },
        },
        {
          name: 'cursor',
          in: 'query',
          description: 'Of the page before',
          schema: { type: 'string', maxLength: 64 },
        },
      ],
      responses: { ...answer('EntityChanges'), ...errors, ...noEntity },
    },
  },
} as const;
