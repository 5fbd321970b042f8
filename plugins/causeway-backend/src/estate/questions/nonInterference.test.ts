import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from '../__testUtils__/testDatabases';
import { KnexChangeReader } from '../changes/KnexChangeReader';
import { EstateReader } from '../entities/EstateReader';
import type { EntityContext } from '../projection/model';
import { SearchReader } from '../search/SearchReader';
import { SearchStore } from '../search/SearchStore';
import { createQuestions, type QuestionName } from './createQuestions';
import type { QuestionInput } from './readInput';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const pairs = {
  dependsOn: 'dependencyOf',
  partOf: 'hasPart',
  deploys: 'deployedBy',
} as const;
const tables = [
  'estate_entities',
  'estate_contexts',
  'estate_edges',
  'estate_problems',
  'estate_changes',
  'estate_search',
  'estate_search_values',
];

/** One thing of an estate; `private` ones are tenant A's alone. */
interface Thing {
  kind: 'Component' | 'Resource';
  name: string;
  private: boolean;
  health: 'healthy' | 'degraded';
  environment: 'production' | 'staging';
  handWritten: boolean;
}

/** An estate: things and what relates them, by position. */
interface Estate {
  things: Thing[];
  links: { from: number; to: number; type: keyof typeof pairs }[];
}

const refOf = ({ kind, name }: Thing) =>
  `${kind.toLowerCase()}:default/${name}`;

const estates: fc.Arbitrary<Estate> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('Component' as const, 'Resource' as const),
      private: fc.boolean(),
      health: fc.constantFrom('healthy' as const, 'degraded' as const),
      environment: fc.constantFrom('production' as const, 'staging' as const),
      handWritten: fc.boolean(),
    }),
    { minLength: 3, maxLength: 12 },
  )
  .chain(things =>
    fc.record({
      // Names that are near one another: whoever errs gets the nearest.
      things: fc.constant(
        things.map((thing, n) => ({
          ...thing,
          name: `pay-${n}`,
        })),
      ),
      links: fc.array(
        fc.record({
          from: fc.nat(things.length - 1),
          to: fc.nat(things.length - 1),
          type: fc.constantFrom(...(Object.keys(pairs) as 'dependsOn'[])),
        }),
        { maxLength: 30 },
      ),
    }),
  );

/** The estate as it would be if A's private things had never been. */
function withoutPrivate({ things, links }: Estate): Estate {
  return {
    things: things.filter(thing => !thing.private),
    links: links
      .filter(({ from, to }) => !things[from].private && !things[to].private)
      .map(({ from, to, type }) => ({
        type,
        from: things.slice(0, from).filter(thing => !thing.private).length,
        to: things.slice(0, to).filter(thing => !thing.private).length,
      })),
  };
}

function toEntity(thing: Thing, { things, links }: Estate): Entity {
  const relations = links.flatMap(({ from, to, type }) => [
    ...(things[from] === thing ? [{ type, targetRef: refOf(things[to]) }] : []),
    ...(things[to] === thing
      ? [{ type: pairs[type], targetRef: refOf(things[from]) }]
      : []),
  ]);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: thing.kind,
    metadata: { name: thing.name, namespace: 'default' },
    spec: {
      type: thing.kind === 'Component' ? 'service' : 'kubernetes-workload',
      lifecycle: 'production',
      owner: thing.private ? 'tenant-a' : 'tenant-b',
    },
    relations,
  };
}

function toContext(thing: Thing, { things, links }: Estate): EntityContext {
  const context = {
    ref: refOf(thing),
    kind: 'ingested' as const,
    source: 'east',
    partition: 'east/-/things',
    links: [{ title: thing.name, url: `https://look.example/${thing.name}` }],
  };
  if (thing.kind === 'Component') {
    const parts = links.flatMap(({ from, to, type }) =>
      type === 'partOf' &&
      things[to] === thing &&
      things[from].kind === 'Resource'
        ? [things[from]]
        : [],
    );
    return {
      ...context,
      instanceRefs: [...new Set(parts.map(refOf))].sort(),
      links: [
        ...context.links,
        ...parts.map(({ name }) => ({
          title: name,
          url: `https://look.example/${name}`,
        })),
      ],
    };
  }
  return {
    ...context,
    environment: { value: thing.environment, origin: 'platform', rule: 'map' },
    health: thing.health,
    instance: {
      entityRef: refOf(thing),
      title: thing.name,
      cluster: 'east',
      namespace: 'all',
      workloadKind: 'Deployment',
      version: '1.0.0',
      health: thing.health,
    },
  };
}

async function store(knex: Knex, estate: Estate): Promise<void> {
  for (const table of tables) {
    await knex(table).delete();
  }
  const { things, links } = estate;
  const ingested = things.filter(thing => !thing.handWritten);
  const insert = (table: string, rows: {}[]) =>
    knex.batchInsert(table, rows, 50);
  await insert(
    'estate_entities',
    ingested.map((thing, seq) => ({
      ref: refOf(thing),
      type: 'thing',
      entity: JSON.stringify({
        ...toEntity(thing, estate),
        relations: undefined,
      }),
      hash: thing.name,
      seq,
      first_seen_at: 1,
    })),
  );
  await insert(
    'estate_contexts',
    things.map(thing => ({
      ref: refOf(thing),
      context: JSON.stringify(toContext(thing, estate)),
      hash: thing.name,
    })),
  );
  const edges = new Map(
    links.map(({ from, to, type }) => [
      `${from} ${type} ${to}`,
      {
        from_ref: refOf(things[from]),
        type,
        to_ref: refOf(things[to]),
        rule: 'rule',
        evidence: `Deployment all/${things[from].name} on east`,
        confidence: 'likely',
        partition: 'east/-/things',
        first_seen_at: 1,
      },
    ]),
  );
  await insert('estate_edges', [...edges.values()]);
  await insert('estate_changes', [
    ...things.map(thing => ({
      at: 1000,
      ref: refOf(thing),
      what: 'changed',
      attribute: 'image.tag',
      after: '"2"',
    })),
    ...links.map(({ from, to, type }) => ({
      at: 2000,
      ref: refOf(things[from]),
      what: 'related',
      attribute: type,
      other_ref: refOf(things[to]),
    })),
  ]);
  const search = new SearchStore(knex);
  await search.putHandWritten(
    things
      .filter(thing => thing.handWritten)
      .map(thing => toEntity(thing, estate)),
  );
  let after: string | undefined = '';
  while (after !== undefined) {
    after = await search.refreshIngested(after);
  }
  await search.refreshEnriched();
}

/** Everything that tenant B is told, as text. */
async function answersFor(
  knex: Knex,
  estate: Estate,
  questions: [QuestionName, QuestionInput][],
): Promise<string[]> {
  await store(knex, estate);
  const entities = new Map(
    estate.things.map(thing => [refOf(thing), toEntity(thing, estate)]),
  );
  const ask = createQuestions({
    reader: new EstateReader(knex),
    search: new SearchReader(knex),
    searchState: async () => ({
      projectedAt: 0,
      catalogReadAt: 0,
      checkedAt: 0,
    }),
    changes: new KnexChangeReader(knex),
    history: { keepFor: Infinity },
    // Somebody who may not read everything.
    permissions: mockServices.permissions({ result: AuthorizeResult.DENY }),
    sources: async () => [
      {
        id: 'east',
        kind: 'kubernetes',
        title: 'East',
        address: 'nowhere',
        partitions: [
          {
            id: 'east/-/things',
            scope: '-',
            kind: 'things',
            state: 'fresh',
            objects: 1,
            unreadable: 0,
            confirmedAt: 1000,
            watching: true,
          },
        ],
      },
    ],
    // The policy by owner: tenant B reads what B owns.
    catalog: {
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref => {
          const entity = entities.get(ref);
          return entity?.spec?.owner === 'tenant-b' ? entity : undefined;
        }),
      }),
    },
    now: () => 86_400_000,
  });
  const told: string[] = [];
  for (const [name, input] of questions) {
    told.push(
      await ask(name, input, mockCredentials.user()).then(
        answer => JSON.stringify([name, input, answer]),
        error => `${error}`,
      ),
    );
  }
  return told;
}

it('tells one tenant the same whether or not another has private things', async () => {
  const knex = await databases.init(databaseId);
  await migrate(knex);
  let told = 0;
  await fc.assert(
    fc.asyncProperty(estates, async estate => {
      const own = estate.things.filter(thing => !thing.private).map(refOf);
      const all = estate.things.map(refOf);
      const questions: [QuestionName, QuestionInput][] = [
        ['find-entities', {}],
        ['find-entities', { limit: 2 }],
        ['find-entities', { limit: 2, cursor: `2~${all[0]}` }],
        ['find-entities', { health: 'unhealthy' }],
        ['find-entities', { kind: 'component', health: 'healthy' }],
        ['find-entities', { environment: 'production', text: 'pay' }],
        ['find-entities', { owner: 'tenant-a' }],
        ['find-entities', { name: 'pay-x' }],
        // Nothing is found, and the hint says why.
        ['find-entities', { environment: 'staging', type: 'nothing' }],
        ['find-entities', { environment: 'production', lifecycle: 'none' }],
        ['find-entities', { kind: 'resource', lifecycle: 'none' }],
        ...all.flatMap((ref): [QuestionName, QuestionInput][] => [
          ['get-entity-context', { entity: ref }],
          ['traverse-graph', { entity: ref, depth: 3 }],
          ['traverse-graph', { entity: ref, relations: 'bogus' }],
        ]),
        ['traverse-graph', { entity: 'pay-y' }],
        ['find-path', { from: own[0] ?? 'x', to: own.at(-1) ?? 'y' }],
        ['find-path', { from: own[0] ?? 'x', to: all[0] }],
        ['list-recent-changes', { limit: 3 }],
        ['list-recent-changes', { entity: own[0] ?? 'x', neighbours: 2 }],
        ['list-recent-changes', { environment: 'production', window: '90d' }],
      ];
      const beside = await answersFor(knex, estate, questions);
      const alone = await answersFor(knex, withoutPrivate(estate), questions);
      told += beside.filter(text => text.startsWith('[')).length;
      expect(beside).toEqual(alone);
    }),
    { numRuns: 25, seed: 20261121 },
  );
  // Answers, not refusals alone.
  expect(told).toBeGreaterThan(200);
});
