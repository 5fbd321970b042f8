import { answer, entityParameters, errors, noEntity } from '../openapiParts';

/** The routes of facts, for the document of the estate. */
export const factPaths = {
  '/estate/facts': {
    get: {
      operationId: 'GetFactCatalogue',
      summary: 'Which facts there are',
      description:
        'Answers `{ facts: FactDefinition[] }`: name, type, unit, of which entities, and what their absence means.',
      responses: { ...answer('The catalogue of facts'), ...errors },
    },
  },
  '/estate/entities/{kind}/{namespace}/{name}/facts': {
    get: {
      operationId: 'GetEntityFacts',
      summary: 'What is known of one entity, typed and with its source',
      description:
        'Answers `EntityFacts`: each fact with origin, source, since when and how fresh; and which facts are not known. Only for entities that the caller may read in the catalog; missing and forbidden ones look alike.',
      parameters: entityParameters,
      responses: { ...answer('EntityFacts'), ...errors, ...noEntity },
    },
  },
  '/estate/entities/{kind}/{namespace}/{name}/facts/{fact}/history': {
    get: {
      operationId: 'GetFactHistory',
      summary: 'What one fact of an entity was',
      description:
        'Answers a `FactHistory`, newest first, within the bounds of `causeway.estate.history`.',
      parameters: [
        ...entityParameters,
        {
          name: 'fact',
          in: 'path',
          required: true,
          description: 'For instance `image.tag`',
          schema: {
            type: 'string',
            maxLength: 64,
            pattern: '^[A-Za-z0-9]+([.][A-Za-z0-9]+)*$',
          },
        },
      ],
      responses: {
        ...answer('FactHistory'),
        ...errors,
        '404': {
          description:
            'No such fact, or no such entity that the caller may read',
        },
      },
    },
  },
} as const;
