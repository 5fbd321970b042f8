import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { configuredAddresses } from './configuredAddresses';
import { listenHost } from './listenHost';
import { personasAllowed, type PersonaConditions } from './personasAllowed';

const good: PersonaConditions = {
  nodeEnv: 'development',
  dangerouslyEnabled: false,
  listenHost: '127.0.0.1',
  simulator: 'http://127.0.0.1:7100',
  origins: ['http://127.0.0.1:7100', 'https://127.0.0.1:7101'],
  addresses: [
    { key: 'cluster', address: 'https://127.0.0.1:7101/clusters/staging' },
    { key: 'argocd', address: 'http://127.0.0.1:7100/argocd/argocd-prod' },
  ],
};

it.each<[string, Partial<PersonaConditions>]>([
  ['in development', {}],
  ['on ::1', { listenHost: '::1' }],
  ['on localhost', { listenHost: 'localhost' }],
  ['without any source', { addresses: [] }],
  [
    'in production by the dangerous setting',
    { nodeEnv: 'production', dangerouslyEnabled: true },
  ],
])('are allowed %s', (_, conditions) => {
  expect(personasAllowed({ ...good, ...conditions })).toEqual([]);
});

const otherAddress = (address?: string, problem?: string) => ({
  addresses: [...good.addresses, { key: 'the other', address, problem }],
});

it.each<[string, Partial<PersonaConditions>, RegExp]>([
  ['in production', { nodeEnv: 'production' }, /NODE_ENV is 'production'/],
  ['without NODE_ENV', { nodeEnv: undefined }, /NODE_ENV is not set/],
  ['on all interfaces', { listenHost: '' }, /all interfaces.*backend.listen/],
  ['on 0.0.0.0', { listenHost: '0.0.0.0' }, /listens on '0.0.0.0'/],
  ['on ::', { listenHost: '::' }, /listens on '::'/],
  ['on a network address', { listenHost: '10.1.2.3' }, /10\.1\.2\.3/],
  [
    'on a name that only looks like loopback',
    { listenHost: '127.0.0.1.example.com' },
    /listens on/,
  ],
  [
    'with a simulator elsewhere',
    { simulator: 'http://estate.example.com' },
    /not an address on loopback/,
  ],
  [
    'with a simulator that claims origins elsewhere',
    {
      origins: [...good.origins, 'https://api.github.com'],
      ...otherAddress('https://api.github.com'),
    },
    /the other is 'https:\/\/api\.github\.com'/,
  ],
  [
    'with one real source',
    otherAddress('https://k8s.example.com'),
    /the other is 'https:\/\/k8s\.example\.com'/,
  ],
  [
    'with something else on loopback',
    otherAddress('https://127.0.0.1:6443'),
    /the other is/,
  ],
  [
    'with the right port and the wrong scheme',
    otherAddress('http://127.0.0.1:7101'),
    /the other is/,
  ],
  [
    'with a source whose address is unknown',
    otherAddress(undefined, 'does not say'),
    /the other does not say/,
  ],
  ['with nonsense for an address', otherAddress('staging'), /the other is/],
])('are refused %s', (_, conditions, reason) => {
  const reasons = personasAllowed({ ...good, ...conditions });
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(reason);
});

it('are refused with every reason at once, and the dangerous setting lifts only its own', () => {
  const bad = {
    ...good,
    ...otherAddress('https://k8s.example.com'),
    nodeEnv: 'production',
    listenHost: '',
  };
  expect(personasAllowed(bad)).toHaveLength(3);
  expect(personasAllowed({ ...bad, dangerouslyEnabled: true })).toHaveLength(2);
});

it.each([
  ['127.0.0.1:7007', '127.0.0.1'],
  ['7007', ''],
  [':7007', ''],
  [7007, ''],
  [{ port: 7007 }, ''],
  [{ host: '::1', port: 7007 }, '::1'],
  [undefined, ''],
])('reads backend.listen %j as Backstage does', (listen, host) => {
  expect(listenHost(new ConfigReader({ backend: { listen } }))).toBe(host);
});

const kubeconfig = `
current-context: staging
contexts:
  - { name: staging, context: { cluster: one } }
  - { name: proxied, context: { cluster: two } }
clusters:
  - { name: one, cluster: { server: 'https://127.0.0.1:7101/clusters/staging' } }
  - { name: two, cluster: { server: 'https://127.0.0.1:7101', proxy-url: 'http://proxy.example.com' } }
`;

function read(data: JsonObject) {
  return configuredAddresses(new ConfigReader(data), path => {
    if (path !== 'kubeconfig') throw new Error('ENOENT');
    return kubeconfig;
  });
}

const sources = (kind: string, ...list: JsonObject[]) => ({
  causeway: { estate: { sources: { [kind]: list } } },
});

it('finds the addresses of the gate’s own kubeconfigs', () => {
  const kubernetes = {
    a: { kubeconfig: { file: 'kubeconfig' } },
    b: { kubeconfig: { file: 'elsewhere' } },
    // Goes to the source's address.
    c: { token: 't' },
  };
  expect(read({ causeway: { gate: { credentials: { kubernetes } } } })).toEqual(
    [
      {
        key: 'causeway.gate.credentials.kubernetes.a.kubeconfig',
        address: 'https://127.0.0.1:7101/clusters/staging',
      },
      {
        key: 'causeway.gate.credentials.kubernetes.b.kubeconfig',
        problem: expect.stringContaining('cannot be read'),
      },
    ],
  );
});

it('finds the address of every kind of source', () => {
  expect(
    read(
      sources(
        'kubernetes',
        { id: 'a', kubeconfig: { file: 'kubeconfig' } },
        { id: 'b', kubeconfig: { file: 'kubeconfig', context: 'proxied' } },
        { id: 'c', kubeconfig: { file: 'kubeconfig', context: 'other' } },
        { id: 'd', kubeconfig: { file: 'elsewhere' } },
        { id: 'e', url: 'https://k8s.example.com' },
        { id: 'f', inCluster: true },
        { id: 'g', backstageCluster: 'x' },
      ),
    ).map(({ address, problem }) => address ?? problem),
  ).toEqual([
    'https://127.0.0.1:7101/clusters/staging',
    "goes through a proxy in context 'proxied'",
    "has no context 'other' with a server",
    expect.stringMatching(/cannot be read \(elsewhere: Error: ENOENT\)/),
    'https://k8s.example.com',
    'does not say its address by kubeconfig or url',
    'does not say its address by kubeconfig or url',
  ]);
  expect(
    read(sources('argocd', { id: 'a', url: 'https://argo.example.com' })),
  ).toEqual([
    {
      key: 'causeway.estate.sources.argocd[0].url',
      address: 'https://argo.example.com',
    },
  ]);
});

it('finds what GitHub sources and integrations, used or not, talk to', () => {
  const addresses = read({
    ...sources(
      'github',
      { organization: 'meridian' },
      { host: '127.0.0.1:7100' },
    ),
    integrations: {
      github: [
        {
          host: '127.0.0.1:7100',
          apiBaseUrl: 'http://127.0.0.1:7100/github/api/v3',
          rawBaseUrl: 'https://raw.example.com',
        },
        { host: 'ghe.example.com', token: 'x' },
        { token: 'x' },
      ],
      gitlab: [{ host: 'gitlab.com' }],
    },
  });
  expect(addresses.map(({ address, problem }) => address ?? problem)).toEqual([
    'https://api.github.com',
    'http://127.0.0.1:7100/github/api/v3',
    'http://127.0.0.1:7100/github/api/v3',
    'https://raw.example.com',
    'https://ghe.example.com/api/v3',
    'https://ghe.example.com/api/v3',
    'https://api.github.com',
    'https://raw.githubusercontent.com',
    'is configured and belongs to a real system',
  ]);
});
