import { changePaths } from './changes/changePaths';
import { factPaths } from './facts/factPaths';
import { answer, entityParameters, errors, noEntity } from './openapiParts';
import { questionPaths } from './questions/questionsOpenApi';

/**
 * The estate's REST interface. The shapes of the answers are the types of
 * `@causeway/backstage-plugin-causeway-common` that the descriptions name.
 */
export const estateOpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Causeway estate',
    version: '1',
    description: 'What exists, where it runs, and how it hangs together',
    license: { name: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: {
    '/estate/status': {
      get: {
        operationId: 'GetEstateStatus',
        summary:
          'Sources and partitions with their freshness, problems and counts',
        description:
          'Answers an `EstateStatus`. Asks for the permission `causeway.estate.status.read`.',
        responses: {
          ...answer('EstateStatus'),
          ...errors,
          '403': { description: 'The permission is missing' },
        },
      },
    },
    '/estate/entities/{kind}/{namespace}/{name}': {
      get: {
        operationId: 'GetEntityEstate',
        summary: 'What the estate knows of one entity',
        description:
          'Answers an `EntityEstate`: where it runs, its health and deliveries, its freshness. Only for entities that the caller may read in the catalog; missing and forbidden ones look alike.',
        parameters: entityParameters,
        responses: {
          ...answer('EntityEstate'),
          ...errors,
          ...noEntity,
        },
      },
    },
    '/estate/graph': {
      get: {
        operationId: 'GetEstateGraph',
        summary: 'The graph around one entity',
        description:
          'Answers an `EstateGraph`. Only what the caller may read in the catalog is walked, counted and answered.',
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            required: true,
            // References are full of `:` and `/`, and nobody encodes them by hand.
            allowReserved: true,
            description: 'For instance `component:default/payment-api`',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
          {
            name: 'depth',
            in: 'query',
            description: 'Hops from the entity. Defaults to 2',
            schema: { type: 'integer', minimum: 0, maximum: 6 },
          },
          {
            name: 'direction',
            in: 'query',
            description:
              'Along relations, against them, or both. Defaults to both',
            schema: { type: 'string', enum: ['forward', 'backward', 'both'] },
          },
          {
            name: 'limit',
            in: 'query',
            description: 'Most nodes of the answer. Defaults to 500',
            schema: { type: 'integer', minimum: 1, maximum: 5000 },
          },
        ],
        responses: {
          ...answer('EstateGraph'),
          ...errors,
          ...noEntity,
        },
      },
    },
    ...questionPaths,
    ...factPaths,
    ...changePaths,
    '/estate/feed': {
      get: {
        operationId: 'GetEstateFeed',
        summary: 'Changes of entities, for the catalog',
        description:
          'Answers a `FeedPage`. Only the principal `plugin:catalog` may read it.',
        parameters: [
          {
            name: 'epoch',
            in: 'query',
            description: 'Of the page before',
            schema: { type: 'string', maxLength: 64 },
          },
          {
            name: 'cursor',
            in: 'query',
            description: 'Of the page before; without it a full pass begins',
            schema: { type: 'string', maxLength: 64 },
          },
          {
            name: 'limit',
            in: 'query',
            description: 'Most items of the page. Defaults to 200',
            schema: { type: 'integer', minimum: 1, maximum: 500 },
          },
        ],
        responses: {
          ...answer('FeedPage'),
          ...errors,
          '403': { description: 'The caller is not the catalog' },
          '503': { description: 'The estate has not been read yet' },
        },
      },
    },
  },
} as const;
