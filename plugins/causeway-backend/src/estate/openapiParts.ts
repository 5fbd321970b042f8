const namePattern = '^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$';

/** What every route may answer besides its answer. */
export const errors = {
  '400': { description: 'The request is malformed; the message says where' },
  '401': { description: 'The caller did not authenticate' },
} as const;

/** What routes about one entity answer where there is none, or none that the caller may read. */
export const noEntity = {
  '404': { description: 'No such entity that the caller may read' },
} as const;

/** An answer of a type of the common package. */
export const answer = (description: string) =>
  ({
    '200': {
      description,
      content: { 'application/json': { schema: { type: 'object' } } },
    },
  }) as const;

/** The parts of a path that name an entity. */
export const entityParameters = (['kind', 'namespace', 'name'] as const).map(
  name => ({
    name,
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const, maxLength: 63, pattern: namePattern },
  }),
);
