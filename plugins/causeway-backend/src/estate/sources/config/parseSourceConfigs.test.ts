import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { parseSourceConfigs } from './parseSourceConfigs';

function parse(sources: JsonObject, more: JsonObject = {}) {
  return parseSourceConfigs(
    new ConfigReader({ causeway: { estate: { sources } }, ...more }),
  );
}

describe('parseSourceConfigs', () => {
  it('reads all kinds, with defaults', () => {
    expect(
      parse({
        kubernetes: [
          { id: 'east', environment: 'production', kubeconfig: { file: 'kc' } },
          { id: 'pod', inCluster: true, namespaces: { include: ['a'] } },
        ],
        argocd: [{ id: 'argo', url: 'https://argo.example.com/', token: 't' }],
        github: [{ organization: 'meridian' }],
      }),
    ).toEqual({
      faults: [],
      sources: [
        {
          kind: 'kubernetes',
          id: 'east',
          key: 'causeway.estate.sources.kubernetes[0]',
          title: 'east',
          environment: 'production',
          access: { type: 'kubeconfig', file: 'kc' },
          excludeNamespaces: ['kube-system', 'kube-public', 'kube-node-lease'],
        },
        expect.objectContaining({
          id: 'pod',
          access: { type: 'inCluster' },
          includeNamespaces: ['a'],
        }),
        {
          kind: 'argocd',
          id: 'argo',
          key: 'causeway.estate.sources.argocd[0]',
          title: 'argo',
          url: 'https://argo.example.com',
          token: 't',
        },
        {
          kind: 'github',
          id: 'github',
          key: 'causeway.estate.sources.github[0]',
          title: 'meridian',
          host: 'github.com',
          organization: 'meridian',
          teams: true,
        },
      ],
    });
  });

  it.each([
    [
      { kubernetes: [{ id: 'Bad Id', inCluster: true }] },
      /kubernetes\[0\].*id must be/,
    ],
    [{ kubernetes: [{ inCluster: true }] }, /kubernetes\[0\]\.id/],
    [
      { kubernetes: [{ id: 'a' }] },
      /kubernetes\[0\].*exactly one of.*found none/,
    ],
    [
      { kubernetes: [{ id: 'a', inCluster: true, url: 'https://x' }] },
      /found inCluster and url/,
    ],
    [{ kubernetes: [{ id: 'a', url: 'ftp://x' }] }, /url must be an http/],
    [
      { kubernetes: [{ id: 'a', backstageCluster: 'b' }] },
      /backstageCluster 'b' is not in kubernetes\.clusterLocatorMethods/,
    ],
    [
      { argocd: [{ id: 'a', url: 'https://u:p@x', token: 't' }] },
      /without user/,
    ],
    [{ argocd: [{ id: 'a', url: 'https://x' }] }, /argocd\[0\]\.token/],
    [{ argocd: [{ id: 'a', runsIn: {} }] }, /runsIn\.cluster/],
    [{ github: [{ organization: 'a/b' }] }, /organization must be/],
    [{ github: [{ id: 'catalog', organization: 'a' }] }, /not 'catalog'/],
    [{ kubernetes: 'no' }, /kubernetes/],
  ])('names the key of what is wrong: %j', (sources, message) => {
    const { faults } = parse(sources as JsonObject);
    expect(faults).toHaveLength(1);
    expect(faults[0].message).toMatch(message);
    expect(faults[0].message).not.toContain('u:p');
  });

  it('makes no source of an Argo CD that is read in its cluster alone', () => {
    expect(
      parse({ argocd: [{ id: 'a', runsIn: { cluster: 'east' } }] }),
    ).toEqual({ sources: [], faults: [] });
  });

  it('refuses a second source of the same id and keeps the first', () => {
    const { sources, faults } = parse({
      kubernetes: [{ id: 'a', inCluster: true }],
      argocd: [{ id: 'a', url: 'https://x', token: 't' }],
      github: [{ id: 'b', organization: 'm' }],
    });
    expect(sources.map(source => source.kind)).toEqual([
      'kubernetes',
      'github',
    ]);
    expect(faults).toEqual([
      {
        kind: 'argocd',
        id: undefined,
        key: 'causeway.estate.sources.argocd[0]',
        message: expect.stringContaining(
          "argocd[0]: id 'a' is used by causeway.estate.sources.kubernetes[0]",
        ),
      },
    ]);
  });

  it('takes clusters of Backstage that have credentials of their own', () => {
    const kubernetes = {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'east',
              url: 'https://east',
              authProvider: 'serviceAccount',
              serviceAccountToken: 't',
              caData: 'Y2E=',
            },
            { name: 'user', url: 'https://user', authProvider: 'google' },
          ],
        },
      ],
    };
    const { sources, faults } = parse(
      {
        kubernetes: [
          { id: 'a', backstageCluster: 'east' },
          { id: 'b', backstageCluster: 'user' },
        ],
      },
      { kubernetes },
    );
    expect(sources).toMatchObject([
      { access: { type: 'address', url: 'https://east', token: 't' } },
    ]);
    expect(faults[0]).toMatchObject({
      id: 'b',
      message: expect.stringMatching(/authProvider 'google'/),
    });
  });
});
