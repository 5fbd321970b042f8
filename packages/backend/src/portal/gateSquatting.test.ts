import type { Entity } from '@backstage/catalog-model';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import type { EstateSimulator } from '@causeway/estate-simulator';
import type { Caller } from './__testUtils__/callers';
import { eventually } from './__testUtils__/eventually';
import type { Portal } from './__testUtils__/startPortal';
import { component, resource } from './__testUtils__/manifests';
import {
  startGatePortal,
  workloadRef,
  type GatePortal,
} from './__testUtils__/startGatePortal';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

const target = workloadRef('production-eu', 'payments', 'payment-api');
const service = 'component:default/payment-api';

/** A repository that Mía's team writes to, and nobody of payments. */
const repository = 'storefront-web';
const page = ({ urls }: EstateSimulator, path: string) =>
  `${urls.http}/meridian/${repository}/blob/main/${path}`;

/** Files that claim what others own for the team of who wrote them. */
const files = {
  'squat/component.yaml': component('payment-api', 'storefront'),
  'squat/annotated.yaml': component('innocent', 'storefront', {
    'backstage.io/kubernetes-id': 'payment-api',
  }),
};
/** What the estate has sent the catalog already keeps this out: there is nothing to contest. */
const keptOut = {
  'squat/resource.yaml': resource(target, 'storefront'),
};
type Squat = keyof typeof files;

/** A group that hangs itself below the owners, with whom it likes in it. */
const gang = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: gang }
spec: { type: team, parent: payments, children: [], members: [mia-fernandez] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: mallory }
spec: { memberOf: [payments, platform] }
`;

const write = (estate: EstateSimulator) =>
  estate.world.commit({
    repository,
    message: 'Take it',
    changes: { ...files, ...keptOut, 'squat/gang.yaml': gang },
  });

/**
 * Without the portal's own file, which says what payment-api is: the name is
 * there to be taken. And whoever runs it has let files hold Users and Groups.
 */
const config = {
  catalog: {
    locations: [],
    rules: [{ allow: ['Component', 'Resource', 'Location', 'User', 'Group'] }],
  },
};

const locationOf = async (portal: Portal, ref: string) =>
  (await portal.entities()).get(ref)?.metadata.annotations?.[
    'backstage.io/managed-by-location'
  ];

/** What decides about a request, as it is asked for now. */
async function judged(asker: Caller) {
  const { body: receipt } = await asker
    .post('/requests', {
      operation: 'restart-workload',
      target,
      input: {},
      reason: 'It leaks',
    })
    .expect(201);
  const { body } = await asker.get(`/requests/${receipt.id}`).expect(200);
  await asker.post(`/requests/${receipt.id}/withdraw`, {}).expect(200);
  const request = body as GateRequest;
  const { tier, risk, approval } = request.assessment;
  return {
    decides: {
      owner: request.target.owner,
      environment: request.target.environment,
      state: request.state,
      tier,
      risk,
      approval,
      deciders: receipt.deciders,
    },
    contested: request.target.contested,
    doubts: request.assessment.doubts.map(({ code }) => code),
  };
}

describe.each(databases.eachSupportedId())(
  'what tenants write about a target, %s',
  id => {
    describe('once the estate is known', () => {
      let gate: GatePortal;
      let ada: Caller;
      let mia: Caller;
      let tomas: Caller;
      let honest: Awaited<ReturnType<typeof judged>>;
      beforeAll(async () => {
        gate = await startGatePortal(databases, id, { config });
        ada = await gate.person('ada-okafor');
        mia = await gate.person('mia-fernandez');
        tomas = await gate.person('tomas-novak');
        honest = await judged(ada);
        write(gate.estate);
      });
      afterAll(() => gate?.stop());

      const contests = async () =>
        (await gate.portal.status()).problems
          .filter(({ kind }) => kind === 'contested')
          .map(({ id: problem }) => problem);

      /** Holds while something is contested; then nothing of it is left. */
      async function changesNothingBut(
        attack: () => Promise<() => Promise<void> | void>,
      ) {
        const before = await contests();
        const takeBack = await attack();
        await eventually(async () =>
          expect((await contests()).length).toBeGreaterThan(before.length),
        );
        const found = await judged(ada);
        expect(found.contested).toBe(true);
        expect(found.decides).toEqual(honest.decides);
        expect(found.doubts).toContain('target-contested');
        await takeBack();
        await eventually(async () => {
          expect(await contests()).toEqual(before);
          expect(await locationOf(gate.portal, service)).toMatch(/^causeway:/);
        });
        expect(await judged(ada)).toEqual(honest);
      }

      it('is what it is to begin with', () => {
        expect(honest).toMatchObject({
          decides: {
            owner: 'group:default/payments',
            environment: 'production',
            state: 'pending',
            tier: 2,
            deciders: ['group:default/payments', 'group:default/platform'],
          },
          contested: false,
          doubts: [],
        });
      });

      it('cannot be registered by a tenant in the shipped portal', async () => {
        const { status } = await gate.portal.post(
          'mia-fernandez',
          'catalog/locations',
          { type: 'url', target: page(gate.estate, 'squat/component.yaml') },
        );
        expect(status).toBe(403);
      });

      it.each<Squat>(Object.keys(files) as Squat[])(
        'has no effect from %s but that it is contested',
        async file => {
          const attack = () => gate.portal.register(page(gate.estate, file));
          await expect(changesNothingBut(attack)).resolves.toBeUndefined();
        },
      );

      it.each(Object.keys(keptOut) as (keyof typeof keptOut)[])(
        'has no effect at all from %s, whose name is taken',
        async file => {
          const before = await contests();
          // The catalog has looked at the file when what stands beside it is there.
          const marker = 'component:default/beside-it';
          gate.estate.world.commit({
            repository,
            message: 'Take it, and more',
            changes: {
              [file]: `${keptOut[file]}---${component('beside-it', 'storefront')}`,
            },
          });
          const takeBack = await gate.portal.register(page(gate.estate, file));
          await eventually(async () =>
            expect((await gate.portal.entities()).has(marker)).toBe(true),
          );
          expect(await judged(ada)).toEqual(honest);
          expect(await contests()).toEqual(before);
          await takeBack();
          await eventually(async () =>
            expect((await gate.portal.entities()).has(marker)).toBe(false),
          );
        },
      );

      it.each([
        ['deployments.apps', 'payment-api', 'payments'],
        ['namespaces', 'payments', undefined],
      ])(
        'has no effect from the owner annotation of %s %s but that it is contested',
        async (type, name, namespace) => {
          const attack = async () => {
            const annotate = (owner: string | undefined) =>
              gate.estate.world.editLive(
                { cluster: 'production-eu', type, name, namespace },
                ({ metadata }) => {
                  const { 'causeway.dev/owner': _, ...rest } =
                    metadata.annotations ?? {};
                  metadata.annotations = {
                    ...rest,
                    ...(owner && { 'causeway.dev/owner': owner }),
                  };
                },
              );
            const before =
              gate.estate.world
                .cluster('production-eu')
                .get(type, name, namespace)?.metadata.annotations?.[
                'causeway.dev/owner'
              ] ?? undefined;
            annotate('storefront');
            return () => {
              annotate(before);
            };
          };
          await expect(changesNothingBut(attack)).resolves.toBeUndefined();
        },
      );

      describe('and somebody who would like to decide', () => {
        /** What the gate answers Mía, while a file says something that would let her. */
        async function votesWhile(
          file: string,
          isThere: (entities: Map<string, Entity>) => void,
        ) {
          const takeBack = await gate.portal.register(page(gate.estate, file));
          await eventually(async () => isThere(await gate.portal.entities()));
          const { body: asked } = await tomas
            .post('/requests', {
              operation: 'restart-workload',
              target,
              input: {},
              reason: 'It leaks',
            })
            .expect(201);
          const { body: seen } = await mia.get(`/requests/${asked.id}`);
          const { status, body } = await mia.post(
            `/requests/${asked.id}/votes`,
            { decision: 'approve', digest: seen.digest },
          );
          await takeBack();
          await tomas.post(`/requests/${asked.id}/withdraw`, {}).expect(200);
          return { seen: seen as GateRequest, answer: [status, body.error] };
        }
        const refused = [
          403,
          expect.objectContaining({
            message: 'Members of payments, platform decide about it',
          }),
        ];

        it('does not by claiming the service', async () => {
          const { answer } = await votesWhile(
            'squat/component.yaml',
            entities =>
              expect(entities.get(service)?.spec?.owner).toBe('storefront'),
          );
          expect(answer).toEqual(refused);
        });

        it('does not by a group of her own below the owners, or a person of her own in it', async () => {
          const { answer, seen } = await votesWhile(
            'squat/gang.yaml',
            entities => {
              const targets = (ref: string) =>
                entities.get(ref)?.relations?.map(one => one.targetRef);
              expect(targets('group:default/gang')).toEqual(
                expect.arrayContaining([
                  'group:default/payments',
                  'user:default/mia-fernandez',
                ]),
              );
              expect(targets('group:default/payments')).toEqual(
                expect.arrayContaining([
                  'group:default/gang',
                  'user:default/mallory',
                ]),
              );
            },
          );
          expect(answer).toEqual(refused);
          // Nobody is counted as somebody who could, either.
          expect(seen.quorum.feasible).toBe(true);
          expect(JSON.stringify(seen)).not.toMatch(/mallory|gang/);
        });
      });
    });

    it('has no effect before the estate was ever read, and is contested from then on', async () => {
      const gate = await startGatePortal(databases, id, {
        config,
        doubted: ['target-contested'],
        beforeSync: async (portal, estate) => {
          write(estate);
          for (const file of Object.keys({ ...files, ...keptOut })) {
            await eventually(() => portal.register(page(estate, file)));
          }
          await eventually(async () => {
            for (const ref of [target, service]) {
              expect(await locationOf(portal, ref)).toMatch(/^url:/);
            }
          });
          expect((await portal.status()).counts.byType).not.toHaveProperty(
            'kubernetes-workload',
          );
        },
      });
      try {
        await eventually(async () =>
          expect((await gate.portal.status()).problems).toContainEqual(
            expect.objectContaining({ kind: 'contested', entityRef: service }),
          ),
        );
        const found = await judged(await gate.person('ada-okafor'));
        expect(found).toMatchObject({
          decides: {
            owner: 'group:default/payments',
            environment: 'production',
            state: 'pending',
            tier: 2,
            deciders: ['group:default/payments', 'group:default/platform'],
          },
          contested: true,
          doubts: expect.arrayContaining(['target-contested']),
        });
        // Theirs are still the ones that the catalog shows.
        expect(await locationOf(gate.portal, target)).toMatch(/^url:/);
      } finally {
        await gate.stop();
      }
    });
  },
);
