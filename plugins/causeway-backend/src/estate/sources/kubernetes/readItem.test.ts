import { kubernetesKinds } from './kinds';
import { ItemReader } from './readItem';

const reader = new ItemReader(
  kubernetesKinds.find(({ resource }) => resource === 'services')!,
  ['kube-system'],
);

const service = (name: string, metadata: object, namespace = 'shop') => ({
  metadata: { name, namespace, uid: `uid-${name}`, ...metadata },
  spec: { ports: [{ port: 80 }] },
});

describe('ItemReader', () => {
  it('reads what is new and changed, and not what is known', () => {
    const known = new Map([
      ['shop/same', 'uid-same/1'],
      ['shop/changed', 'uid-changed/1'],
      ['shop/replaced', 'uid-of-another/1'],
      ['kube-system/dns', 'uid-dns/1'],
    ]);
    const page = reader.page(
      [
        service('same', { resourceVersion: '1' }),
        service('changed', { resourceVersion: '2' }),
        service('replaced', { resourceVersion: '1' }),
        service('new', { resourceVersion: '1' }),
        service('dns', { resourceVersion: '1' }, 'kube-system'),
      ],
      known,
    );
    expect(page).toMatchObject({ unchanged: ['shop/same'], unreadable: [] });
    expect(
      page.type === 'items' &&
        page.items.map(({ key, version }) => [key, version]),
    ).toEqual([
      ['shop/changed', 'uid-changed/2'],
      ['shop/replaced', 'uid-replaced/1'],
      ['shop/new', 'uid-new/1'],
    ]);
  });

  it.each([
    ['without a resource version', {}],
    ['without a uid', { uid: '', resourceVersion: '1' }],
    ['with a version of another type', { resourceVersion: 1 }],
    ['with a version of absurd size', { resourceVersion: '1'.repeat(10_000) }],
  ])('reads an object %s every time', (_, metadata) => {
    const known = new Map([['shop/a', 'uid-a/1']]);
    const page = reader.page([service('a', metadata)], known);
    expect(page).toMatchObject({
      items: [{ key: 'shop/a' }],
      unchanged: [],
    });
    expect(page.type === 'items' && page.items[0].version).toBeUndefined();
  });
});
