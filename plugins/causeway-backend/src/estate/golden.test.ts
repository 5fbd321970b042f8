import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type {
  EstateStatus,
  EntityEdge,
} from '@causeway/backstage-plugin-causeway-common';
import {
  expectedEdges,
  expectedEntities,
  formatEdge,
} from '@causeway/estate-simulator';
import request from 'supertest';
import { causewayPlugin } from '../plugin';
import { eventually } from './__testUtils__/eventually';
import { readFeed } from './__testUtils__/feedClient';
import {
  startSimulatedEstate,
  type SimulatedEstate,
} from './__testUtils__/simulatedEstate';

jest.setTimeout(60_000);

const nobody = 'group:default/unowned';

/** Every relation that an entity amounts to in the catalog, but those to nobody. */
function relationsOf(ref: string, { spec = {} }: Entity): string[] {
  const causeway = spec.causeway as { edges?: EntityEdge[] };
  return [
    ...(causeway.edges ?? []).map(
      ({ from, type, to }) => `${from ?? ref} ${type} ${to}`,
    ),
    ...(spec.owner && spec.owner !== nobody
      ? [`${ref} ownedBy ${spec.owner}`]
      : []),
    ...(spec.parent ? [`${ref} childOf ${spec.parent}`] : []),
    ...((spec.memberOf as string[] | undefined) ?? []).map(
      group => `${ref} memberOf ${group}`,
    ),
  ];
}

function compare(what: string, found: Set<string>, expected: Set<string>) {
  const wrong = [...found].filter(line => !expected.has(line));
  const missing = [...expected].filter(line => !found.has(line));
  const hits = found.size - wrong.length;
  const precision = hits / found.size;
  const recall = hits / expected.size;
  process.stdout.write(
    `${what}: ${found.size} found, ${expected.size} expected, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`,
  );
  return { wrong, missing, precision, recall };
}

describe('the simulated estate, read over HTTP', () => {
  let estate: SimulatedEstate;

  beforeAll(async () => {
    estate = await startSimulatedEstate();
  });

  afterAll(() => estate.close());

  it('becomes exactly the entities and relations that it was declared with', async () => {
    const { server } = await startTestBackend({
      features: [
        causewayPlugin,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data: estate.config }),
      ],
    });
    // The first page comes when every source has been tried: nothing is half.
    const { items } = await eventually(() => readFeed(server), 30_000);

    const entities = compare(
      'entities',
      new Set(items.map(({ entityRef }) => entityRef)),
      new Set(expectedEntities().map(({ ref }) => ref)),
    );
    const edges = compare(
      'edges',
      new Set(
        items.flatMap(({ entityRef, entity }) =>
          relationsOf(entityRef, entity!),
        ),
      ),
      new Set(expectedEdges().map(formatEdge)),
    );
    expect(entities).toEqual({
      wrong: [],
      missing: [],
      precision: 1,
      recall: 1,
    });
    expect(edges).toEqual({ wrong: [], missing: [], precision: 1, recall: 1 });

    const { body } = await request(server).get('/api/causeway/estate/status');
    const status: EstateStatus = body;
    expect(
      status.sources.flatMap(({ partitions }) =>
        partitions.filter(({ state }) => !['fresh', 'absent'].includes(state)),
      ),
    ).toEqual([]);
    expect(new Set(status.problems.map(({ kind }) => kind))).toEqual(
      new Set(['collision', 'contested', 'shortened', 'unrepresented']),
    );
    expect(status.counts.entities).toBe(items.length);
    // No secret of a manifest is anywhere in what is served.
    expect(JSON.stringify([items, status])).not.toMatch(/CANARY/);
  });
});
