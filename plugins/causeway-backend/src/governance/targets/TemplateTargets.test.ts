import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { isTemplate, TemplateTargets } from './TemplateTargets';

const at = 'url:https://git.example.com/platform/templates/template.yaml';
const ref = 'template:default/a';

/** Reads a template that came from somewhere, in a portal that brings one location. */
function read(location: string, entityRef = ref) {
  return new TemplateTargets({
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'scaffolder.backstage.io/v1beta3',
          kind: 'Template',
          metadata: {
            name: 'a',
            namespace: 'default',
            uid: 'u1',
            etag: 'e1',
            labels: { environment: 'development' },
            annotations: {
              'backstage.io/managed-by-location': location,
              'backstage.io/managed-by-origin-location': location,
              'causeway.dev/environment': 'development',
            },
          },
          spec: { type: 'service', owner: 'group:default/attackers' },
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/attackers' },
          ],
        },
      ],
    }),
    auth: mockServices.auth(),
    config: new ConfigReader({
      catalog: { locations: [{ type: 'url', target: at.slice(4) }] },
    }),
  }).read(entityRef);
}

it('believe in the owner of what the portal itself brings', async () => {
  const found = await read(at);
  expect(found?.target).toMatchObject({
    type: 'template',
    kind: 'Template',
    uid: 'u1',
    observed: { uid: 'u1', etag: 'e1' },
    owner: { value: 'group:default/attackers', origin: 'platform' },
  });
  expect(found?.target.environment).toBeUndefined();
});

it('take the owner of what somebody registered as a claim', async () => {
  const found = await read(
    'url:https://git.example.com/attackers/template.yaml',
  );
  expect(found?.target.owner).toMatchObject({ origin: 'claimed' });
  expect(found?.target.environment).toBeUndefined();
});

it('know nothing of what is not there', async () => {
  expect(await read(at, 'template:default/b')).toBeUndefined();
});

it('are told by their kind', () => {
  expect(isTemplate('Template:default/a')).toBe(true);
  expect(isTemplate('component:default/template')).toBe(false);
});
