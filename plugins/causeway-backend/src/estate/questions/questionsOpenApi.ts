const text = (name: string, description: string, required = false) =>
  ({
    name,
    in: 'query',
    required,
    // References are full of `:` and `/`, and nobody encodes them by hand.
    allowReserved: true,
    description,
    schema: { type: 'string', maxLength: 300 },
  }) as const;

const number = (
  name: string,
  description: string,
  minimum: number,
  maximum: number,
) =>
  ({
    name,
    in: 'query',
    description,
    schema: { type: 'integer', minimum, maximum },
  }) as const;

const flag = (name: string, description: string) =>
  ({ name, in: 'query', description, schema: { type: 'boolean' } }) as const;

const cursor = text('cursor', 'The `more` of the answer before');

const way = [
  {
    name: 'direction',
    in: 'query',
    description:
      'Along relations (`forward`: what it needs), against them (`backward`: what needs it), or both. Defaults to both',
    schema: { type: 'string', enum: ['forward', 'backward', 'both'] },
  },
  text(
    'relations',
    'Types of relations to go by, between commas, for instance `dependsOn`; all when absent',
  ),
] as const;

const entity = (name: string, required: boolean) =>
  text(
    name,
    'A reference such as `component:default/payment-api`, or a name that only one entity or Component has',
    required,
  );

const team = [
  text(
    'owner',
    'A team, `payments` or `group:default/payments`; several between commas',
  ),
  flag('nested', 'Also what belongs to the teams below'),
] as const;

const environment = text('environment', 'Several between commas');

const question = <P extends readonly object[]>(
  operationId: string,
  type: string,
  summary: string,
  parameters: P,
) =>
  ({
    get: {
      operationId,
      summary,
      description: `Answers a \`${type}\`. Only what the caller may read in the catalog is found, followed, counted and answered. Asks for the permission \`causeway.estate.questions.ask\`.`,
      parameters,
      responses: {
        '200': {
          description: type,
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        '400': {
          description: 'The request is malformed; the message says where',
        },
        '401': { description: 'The caller did not authenticate' },
        '403': { description: 'The permission is missing' },
        '404': { description: 'No such entity that the caller may read' },
      },
    },
  }) as const;

/** The routes of the questions. */
export const questionPaths = {
  '/estate/questions/find-entities': question(
    'FindEntities',
    'FoundEntities',
    'Entities by text and attributes, ingested and hand-written',
    [
      text(
        'text',
        'Words of name, title, tags or description; each has to be there',
      ),
      text('name', 'Part of the name'),
      text('title', 'Part of the title'),
      ...team,
      text('kind', 'For instance `component`; several between commas'),
      text('type', '`spec.type`; several between commas'),
      environment,
      text('lifecycle', 'Several between commas'),
      text('tag', 'Several between commas'),
      text(
        'health',
        '`healthy`, `progressing`, `degraded`, `suspended`, `missing`, `unknown`, or `unhealthy` for degraded and missing; several between commas',
      ),
      text(
        'sync',
        '`synced`, `out-of-sync` or `unknown`; several between commas',
      ),
      text('condition', '`Ready=False`; several between commas'),
      number('limit', 'Most rows. Defaults to 20', 1, 100),
      cursor,
    ],
  ),
  '/estate/questions/get-entity-context': question(
    'GetEntityContext',
    'EntityContextAnswer',
    'What an entity is, where it runs, what is around it and what changed last',
    [entity('entity', true)],
  ),
  '/estate/questions/traverse-graph': question(
    'TraverseGraph',
    'GraphAnswer',
    'What an entity reaches or is reached from, counted and listed',
    [
      entity('entity', true),
      ...way,
      number('depth', 'Hops. Defaults to 2', 1, 5),
      text('kind', 'Counts and lists only these kinds, and walks through all'),
      text('type', 'Counts and lists only these types, and walks through all'),
      number('limit', 'Most references. Defaults to 50', 1, 500),
      cursor,
    ],
  ),
  '/estate/questions/find-path': question(
    'FindPath',
    'PathAnswer',
    'The shortest ways from one entity to another',
    [
      entity('from', true),
      entity('to', true),
      ...way,
      number('depth', 'Most hops. Defaults to 6', 1, 8),
    ],
  ),
  '/estate/questions/list-recent-changes': question(
    'ListRecentChanges',
    'RecentChanges',
    'What changed lately: anywhere, around an entity, or of a team or environment',
    [
      entity('entity', false),
      number('neighbours', 'Hops around the entity. Defaults to 0', 0, 2),
      ...team,
      environment,
      text('window', 'How far back: `90m`, `24h`, `7d`. Defaults to 24h'),
      text(
        'what',
        '`appeared`, `removed`, `changed`, `related`, `unrelated`, `deployed`; several between commas',
      ),
      number('limit', 'Most changes. Defaults to 20', 1, 100),
      cursor,
    ],
  ),
} as const;
