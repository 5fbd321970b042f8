import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import {
  createEstateSimulator,
  expectedEdges,
  expectedEntities,
  formatEdge,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atRest } from './__testUtils__/atRest';
import { databaseConfig } from './__testUtils__/databaseConfig';
import { eventually } from './__testUtils__/eventually';
import { component, deployment } from './__testUtils__/manifests';
import { portalConfig } from './__testUtils__/portalConfig';
import {
  compare,
  forwardRelations,
  oneSidedRelations,
} from './__testUtils__/relations';
import { startPortal, type Portal } from './__testUtils__/startPortal';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

/** Types whose source of truth has a page in the simulated estate. */
const linkedTypes = [
  'argocd-application',
  'argocd-project',
  'github-repository',
  'team',
];

/** Everything that an ingested entity may be annotated with. */
const allowedAnnotations = new Set([
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
  'causeway.dev/source',
  'causeway.dev/partition',
  'causeway.dev/environment',
  'causeway.dev/successor',
  'github.com/project-slug',
  'github.com/team-slug',
  'github.com/user-login',
]);

const annotation = (entity: Entity | undefined, key: string) =>
  entity?.metadata.annotations?.[key] ?? '';

const isIngested = (entity: Entity) =>
  annotation(entity, 'backstage.io/managed-by-location').startsWith(
    'causeway:',
  );

describe.each(databases.eachSupportedId())(
  'the portal on the simulated estate, %s',
  id => {
    let folder: string;
    let estate: EstateSimulator;
    let config: JsonObject;
    let portal: Portal;
    const nodeEnv = process.env.NODE_ENV;

    beforeAll(async () => {
      // As `npm start` does: there are personas in development alone.
      Object.assign(process.env, { NODE_ENV: 'development' });
      folder = await mkdtemp(join(tmpdir(), 'causeway-portal-'));
      estate = await createEstateSimulator();
      config = await portalConfig(
        estate,
        folder,
        await databaseConfig(databases, id, folder),
      );
      portal = await startPortal(config);
    });

    afterAll(async () => {
      Object.assign(process.env, { NODE_ENV: nodeEnv });
      await portal?.stop();
      await estate?.close();
      await rm(folder, { recursive: true });
    });

    const related = async (line: string) =>
      forwardRelations(await portal.entities()).includes(line);
    const ownerOf = (entity: Entity | undefined) =>
      entity?.relations?.find(({ type }) => type === 'ownedBy')?.targetRef;

    it('has exactly the declared entities and edges', async () => {
      const expected = new Set(expectedEntities().map(({ ref }) => ref));
      const golden = expectedEdges().map(formatEdge);
      /** Without the edges to nobody, and without what only people wrote of. */
      const edgesIn = (entities: Map<string, Entity>) =>
        forwardRelations(entities).filter(line => {
          const [from, , to] = line.split(' ');
          return (
            expected.has(from) &&
            (expected.has(to) ||
              (to !== 'group:default/unowned' && !to.startsWith('system:')))
          );
        });
      const since = performance.now();
      await eventually(async () => {
        const entities = await portal.entities();
        const known = new Set(edgesIn(entities));
        expect([...expected].filter(ref => !entities.has(ref))).toEqual([]);
        expect(golden.filter(line => !known.has(line))).toEqual([]);
      });
      const seconds = (performance.now() - since) / 1000;

      const entities = await portal.entities();
      const ours = [...entities].filter(([, entity]) => isIngested(entity));
      const found = compare(
        'entities',
        ours.map(([ref]) => ref),
        // The one that a person wrote; it is there, but not ours.
        [...expected].filter(ref => ref !== 'component:default/payment-api'),
      );
      const edges = compare('edges', edgesIn(entities), golden);
      process.stdout.write(
        `${id}, after ${seconds.toFixed(1)} s in the catalog's answers\n${found.report}\n${edges.report}\n`,
      );
      for (const { wrong, missing, precision, recall } of [found, edges]) {
        expect({ wrong, missing, precision, recall }).toEqual({
          wrong: [],
          missing: [],
          precision: 1,
          recall: 1,
        });
      }
      expect(
        oneSidedRelations(entities).filter(line => !line.endsWith('/unowned')),
      ).toEqual([]);
      expect(entities.size).toBeLessThan(600);
    });

    it('says of every entity where it is from, and nothing that it must not', async () => {
      const entities = await portal.entities();
      const status = await portal.status();
      const partitions = new Set(
        status.sources.flatMap(({ id: source, partitions: list }) =>
          list.map(partition => `${source} ${partition.id}`),
        ),
      );
      const links = new Set<string>();
      const ours = [...entities].filter(([, entity]) => isIngested(entity));
      for (const [ref, { kind, metadata, spec }] of ours) {
        const { annotations = {}, links: own = [] } = metadata;
        const hasPage =
          kind === 'User' ||
          linkedTypes.includes(String(spec?.type)) ||
          'github.com/project-slug' in annotations;
        expect([
          ref,
          partitions.has(
            `${annotations['causeway.dev/source']} ${annotations['causeway.dev/partition']}`,
          ),
          Object.keys(annotations).filter(key => !allowedAnnotations.has(key)),
          own.length,
        ]).toEqual([ref, true, [], hasPage ? 1 : 0]);
        own.forEach(({ url }) => links.add(url));
      }
      const applications = ours.filter(
        ([, { spec }]) => spec?.type === 'argocd-application',
      );
      for (const [ref] of applications) {
        const { deliveries } = await portal.entityEstate(ref);
        expect([ref, deliveries.length > 0]).toEqual([ref, true]);
        deliveries.forEach(({ revisionUrl }) => links.add(revisionUrl ?? ref));
      }
      const broken: string[] = [];
      for (const link of links) {
        const response = link.startsWith(`${estate.urls.http}/`)
          ? await fetch(link)
          : undefined;
        await response?.text();
        if (response?.status !== 200) {
          broken.push(`${response?.status} ${link}`);
        }
      }
      expect(broken).toEqual([]);
      expect(links.size).toBeGreaterThan(100);
      expect(JSON.stringify([...entities, status])).not.toMatch(/CANARY/);
    });

    it('answers for an ingested and a hand-written Component', async () => {
      for (const [ref, kind] of [
        ['component:default/ledger', 'ingested'],
        ['component:default/payment-api', 'enriched'],
      ] as const) {
        const known = await portal.entityEstate(ref);
        expect(known).toMatchObject({ entityRef: ref, kind });
        expect(new Set(known.instances.map(({ cluster }) => cluster))).toEqual(
          new Set(['development', 'staging', 'production-eu', 'production-us']),
        );
        expect(known.instances.map(({ freshness }) => freshness.state)).toEqual(
          known.instances.map(() => 'fresh'),
        );
        expect(known.deliveries.length).toBeGreaterThan(3);

        const graph = await portal.graph(ref, '&depth=1');
        expect(graph.rootRef).toBe(ref);
        expect(graph.truncated).toBe(false);
        const nodes = new Set(graph.nodes.map(({ entityRef }) => entityRef));
        for (const { entityRef } of known.instances) {
          expect(nodes).toContain(entityRef);
          expect(graph.edges).toContainEqual({
            from: entityRef,
            type: 'partOf',
            to: ref,
            inferred: expect.objectContaining({
              evidence: expect.any(String),
              lastSeenAt: expect.any(Number),
            }),
          });
        }
        // Whole within one hop: what the catalog relates is in it.
        const entity = (await portal.entities()).get(ref);
        for (const { targetRef } of entity?.relations ?? []) {
          expect([targetRef, nodes.has(targetRef)]).toEqual([
            targetRef,
            targetRef !== 'group:default/unowned',
          ]);
        }
      }
    });

    it('follows changes of owner, image, label, edge and existence', async () => {
      const { world } = estate;
      const scratch = {
        cluster: 'development',
        type: 'deployments.apps',
        namespace: 'scratch',
        name: 'api',
      } as const;
      world.releaseVersion({
        service: 'payment-api',
        cluster: 'staging',
        version: '2.99.0',
      });
      world.setNamespaceOwner({
        cluster: 'development',
        namespace: 'scratch',
        owner: 'security',
      });
      world.editLive(scratch, object => {
        object.metadata.labels = { 'app.kubernetes.io/name': 'experiment' };
      });
      world.editManifest(
        {
          application: 'catalogue',
          cluster: 'development',
          kind: 'Deployment',
          name: 'catalogue',
        },
        {
          message: 'Ask the ledger',
          edit: manifest => {
            const { template } = manifest.spec as {
              template: {
                spec: {
                  containers: { env?: { name: string; value: string }[] }[];
                };
              };
            };
            const [container] = template.spec.containers;
            container.env = [
              ...(container.env ?? []),
              { name: 'LEDGER_URL', value: 'http://ledger.core-banking:8080' },
            ];
          },
        },
      );
      world.moveToProject({ application: 'shipping', project: 'payments' });
      world.commit({
        repository: 'shipping',
        message: 'Security looks after it',
        changes: { CODEOWNERS: '*  @meridian/security\n' },
      });
      expect(
        world
          .cluster('staging')
          .delete('deployments.apps', 'load-test', 'payments'),
      ).toBe(true);
      world.settle();

      await eventually(async () => {
        const entities = await portal.entities();
        const lines = new Set(forwardRelations(entities));
        const spec = (ref: string) =>
          entities.get(ref)?.spec?.causeway as JsonObject;
        expect({
          image: spec(
            'resource:default/staging.payments.deployment.payment-api',
          )?.details,
          label: lines.has(
            'resource:default/development.scratch.deployment.api partOf component:default/experiment',
          ),
          namespaceOwner: ownerOf(entities.get('component:default/experiment')),
          edge: lines.has(
            'component:default/catalogue dependsOn component:default/ledger',
          ),
          projectOwner: ownerOf(
            entities.get(
              'resource:default/production-eu.fulfilment.deployment.shipping',
            ),
          ),
          codeowner: ownerOf(
            entities.get('resource:default/github.meridian.shipping'),
          ),
          deleted: [
            entities.has(
              'resource:default/staging.payments.deployment.load-test',
            ),
            entities.has('component:default/load-test'),
          ],
        }).toEqual({
          image: expect.objectContaining({ version: '2.99.0' }),
          label: true,
          namespaceOwner: 'group:default/security',
          edge: true,
          projectOwner: 'group:default/payments',
          codeowner: 'group:default/security',
          deleted: [false, false],
        });
      });
    });

    it('lets a trusted hand-written Component win in both orders, and takes back what it leaves', async () => {
      const { world } = estate;
      const ledger = 'component:default/ledger';
      const url = (path: string) =>
        `${estate.urls.http}/meridian/ledger/blob/main/${path}`;
      const locationOf = async (ref: string) =>
        annotation(
          (await portal.entities()).get(ref),
          'backstage.io/managed-by-location',
        );

      // Ours is there, theirs comes.
      const parts = async () =>
        forwardRelations(await portal.entities()).filter(line =>
          line.endsWith(` partOf ${ledger}`),
        );
      const before = await parts();
      expect(before.length).toBeGreaterThan(3);
      expect(await locationOf(ledger)).toMatch(/^causeway:/);
      const unregister = await portal.register(url('catalog-info.yaml'));
      await eventually(async () => {
        expect(await locationOf(ledger)).toMatch(/^url:.*catalog-info\.yaml$/);
        expect((await portal.entityEstate(ledger)).kind).toBe('enriched');
      });
      expect(await parts()).toEqual(before);

      // Theirs is there, ours would come.
      world.commit({
        repository: 'ledger',
        message: 'Announce the auditor',
        changes: { 'auditor.yaml': component('auditor', 'core-banking') },
      });
      const forget = await portal.register(url('auditor.yaml'));
      await eventually(async () =>
        expect(await locationOf('component:default/auditor')).toMatch(/^url:/),
      );
      world
        .cluster('development')
        .apply(deployment('core-banking', 'auditor'), {
          manager: 'kubectl',
        });
      const workload =
        'resource:default/development.core-banking.deployment.auditor';
      await eventually(async () =>
        expect(
          await related(`${workload} partOf component:default/auditor`),
        ).toBe(true),
      );
      expect(await locationOf('component:default/auditor')).toMatch(/^url:/);

      await unregister();
      await forget();
      await eventually(async () => {
        expect(await locationOf(ledger)).toMatch(/^causeway:/);
        expect(await locationOf('component:default/auditor')).toMatch(
          /^causeway:/,
        );
        expect(await parts()).toEqual(before);
      });
    });

    it('gives a file from an untrusted place no say, and shows that it asked', async () => {
      const { world } = estate;
      const cart = 'component:default/cart';
      const workload = 'resource:default/production-eu.shop.deployment.cart';
      const owner = ownerOf((await portal.entities()).get(workload));
      expect(owner).toMatch(/^group:default\/(?!payments)/);
      world.commit({
        repository: 'payment-api',
        message: 'Take the cart',
        changes: {
          'catalog-info.yaml': `${component('cart', 'payments')}  causeway:
    edges:
      - type: dependsOn
        to: component:default/ledger
      - from: component:default/ledger
        type: dependsOn
        to: component:default/cart
`,
        },
      });
      const unregister = await portal.register(
        `${estate.urls.http}/meridian/payment-api/blob/main/catalog-info.yaml`,
      );
      await eventually(async () => {
        expect((await portal.status()).problems).toContainEqual(
          expect.objectContaining({ kind: 'contested', entityRef: cart }),
        );
        const entities = await portal.entities();
        expect(
          annotation(entities.get(cart), 'backstage.io/managed-by-location'),
        ).toMatch(/^url:/);
        const lines = forwardRelations(entities);
        expect(
          lines.find(line => line.startsWith(`${workload} partOf`)),
        ).toMatch(/ component:default\/cart-[0-9a-f]{8}$/);
        expect(ownerOf(entities.get(workload))).toBe(owner);
        // Its own owner, which is all that a file can say of itself.
        expect(lines.filter(line => line.split(' ').includes(cart))).toEqual([
          `${cart} ownedBy group:default/payments`,
        ]);
      });
      await unregister();
      await eventually(async () =>
        expect(await related(`${workload} partOf ${cart}`)).toBe(true),
      );
    });

    it('is not changed by a restart', async () => {
      const before = await atRest(portal);
      await portal.stop();
      portal = await startPortal(config);
      // Something that happens now arrives: the whole road is alive again ...
      const namespace = 'resource:default/development.scratch';
      estate.world.setNamespaceOwner({
        cluster: 'development',
        namespace: 'scratch',
        owner: 'platform',
      });
      await eventually(async () => {
        const entities = await portal.entities();
        expect(ownerOf(entities.get(namespace))).toBe('group:default/platform');
        const { sources } = await portal.status();
        expect(
          sources.flatMap(({ partitions }) =>
            partitions.flatMap(({ id: partition, state }) =>
              ['fresh', 'absent'].includes(state)
                ? []
                : [`${partition} ${state}`],
            ),
          ),
        ).toEqual([]);
      });
      const after = await atRest(portal);
      // ... and nothing else has changed: no content, no relation, no identity.
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
        ref => before.get(ref) !== after.get(ref),
      );
      expect(changed.sort()).toEqual([
        'component:default/experiment',
        'group:default/platform',
        'group:default/security',
        namespace,
        'resource:default/development.scratch.deployment.api',
      ]);
    });
  },
);
