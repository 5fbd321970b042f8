import { stringifyEntityRef } from '@backstage/catalog-model';
import { service, workload } from '../__testUtils__/entities';
import { FakeFeed } from '../__testUtils__/FakeFeed';
import { startCatalog, type TestCatalog } from '../__testUtils__/startCatalog';

jest.setTimeout(180_000);

// Every relation that the catalog makes of a core kind's fields occurs once.
const everyCoreRelation = `
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: money }
spec: { owner: banking, subdomainOf: company }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: company }
spec: { owner: banking }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: payments }
spec: { owner: banking, domain: money }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: payment }
spec: { type: openapi, lifecycle: production, owner: banking, system: payments, definition: none }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: queue }
spec: { type: queue, owner: banking, system: payments, dependsOn: ['resource:disk'], dependencyOf: ['component:worker'] }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: disk }
spec: { type: disk, owner: 'user:ada' }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: payment-api }
spec:
  type: service
  lifecycle: production
  owner: banking
  system: payments
  providesApis: [payment]
  consumesApis: [payment]
  dependsOn: ['resource:queue', 'component:worker']
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: worker }
spec:
  type: service
  lifecycle: production
  owner: banking
  subcomponentOf: payment-api
  dependencyOf: ['resource:disk']
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: banking }
spec: { type: team, parent: engineering, children: [], members: [ada] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: engineering }
spec: { type: team, children: [banking] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { memberOf: [engineering] }
`;
const entities = everyCoreRelation.split('---').length;

let catalog: TestCatalog | undefined;
/** How many relations there are without the module. */
let expected: number | undefined;
afterEach(async () => {
  await catalog?.stop();
  catalog = undefined;
});

async function relations(
  options: Omit<Parameters<typeof startCatalog>[0], 'feed'>,
): Promise<string[]> {
  catalog = await startCatalog({ feed: new FakeFeed(), ...options });
  await catalog.register(everyCoreRelation);
  const found = await catalog.until(async () => {
    const all = await catalog!.list();
    const real = all.filter(({ kind }) => kind !== 'Location');
    expect(real).toHaveLength(entities);
    // The last relation of all: that of the file's last entity to others.
    const lines = real.flatMap(entity =>
      (entity.relations ?? []).map(
        ({ type, targetRef }) =>
          `${stringifyEntityRef(entity)} ${type} ${targetRef}`,
      ),
    );
    expect(lines.length).toBeGreaterThanOrEqual(expected ?? 40);
    return lines.sort();
  });
  await catalog.stop();
  catalog = undefined;
  return found;
}

it('leaves every relation of core kinds as it is, with the module and with its model layer', async () => {
  const without = await relations({ module: false });
  expected = without.length;
  expect(new Set(without.map(line => line.split(' ')[1]))).toEqual(
    new Set([
      ...['ownedBy', 'ownerOf', 'partOf', 'hasPart'],
      ...['dependsOn', 'dependencyOf', 'memberOf', 'hasMember'],
      ...['parentOf', 'childOf', 'providesApi', 'apiProvidedBy'],
      ...['consumesApi', 'apiConsumedBy'],
    ]),
  );
  expect(await relations({ module: true })).toEqual(without);
  expect(await relations({ causeway: { modelLayer: true } })).toEqual(without);
});

it('takes ingested entities with the model layer too', async () => {
  const feed = new FakeFeed();
  feed.put(
    service('payment-api'),
    workload('deployment', {
      edges: [{ type: 'deploys', to: 'component:default/payment-api' }],
    }),
  );
  catalog = await startCatalog({ feed, causeway: { modelLayer: true } });
  await catalog.until(async () => {
    const component = await catalog!.get('component:default/payment-api');
    expect(component?.relations).toEqual([
      {
        type: 'deployedBy',
        targetRef: 'resource:default/deployment',
      },
      { type: 'ownedBy', targetRef: 'group:default/payments' },
    ]);
  });
});
