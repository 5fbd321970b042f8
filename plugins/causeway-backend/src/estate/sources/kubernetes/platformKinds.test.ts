import fc from 'fast-check';
import { prepareObservation } from '../../observations/prepareObservation';
import type { JsonRecord } from '../read';
import { configuredKinds, kindName, kubernetesKinds } from './kinds';
import { ItemReader } from './readItem';
import { reduceAgent } from './reduce/Agent';
import { reduceConfiguredObject } from './reduce/ConfiguredObject';
import { reduceCrossplaneDefinition } from './reduce/CrossplaneDefinition';
import { reduceCrossplaneResource } from './reduce/CrossplaneResource';
import { reduceExternalSecret } from './reduce/ExternalSecret';
import { reduceNetworkPolicy } from './reduce/NetworkPolicy';
import { reducePolicyReport } from './reduce/PolicyReport';
import { reduceSealedSecret } from './reduce/SealedSecret';
import { reduceSecretStore } from './reduce/SecretStore';
import { reduceToolServer } from './reduce/ToolServer';

const metadata = { name: 'one', namespace: 'shop', uid: 'u1' };
const meta = expect.objectContaining(metadata);
const status = {
  conditions: [
    { type: 'Ready', status: 'False', reason: 'Creating', message: 'wait' },
  ],
};
const { conditions } = status;

/** Without what is absent, as it is stored. */
const kept = (reduced: object | undefined) =>
  reduced && JSON.parse(JSON.stringify(reduced));

describe('what is kept of a claim, a composite and a managed resource', () => {
  const group = 'example.org';
  const ref = (kind: string, name: string, namespace?: string) => ({
    apiVersion: 'example.org/v1',
    kind,
    name,
    namespace,
  });

  it('keeps references, the name of the Secret, the engine and conditions', () => {
    const reduce = reduceCrossplaneResource({
      role: 'claim',
      group,
      kind: 'Database',
    });
    expect(
      kept(
        reduce({
          metadata,
          spec: {
            compositionRef: { name: 'small' },
            resourceRef: ref('XDatabase', 'one-x1'),
            parameters: { engine: 'postgres', password: 'CANARY' },
            writeConnectionSecretToRef: { name: 'one-login' },
          },
          status: { ...status, endpoint: 'https://CANARY@x/CANARY' },
        }),
      ),
    ).toEqual({
      meta,
      role: 'claim',
      group,
      kind: 'Database',
      composition: 'small',
      composite: { group, kind: 'XDatabase', name: 'one-x1' },
      secret: { name: 'one-login' },
      engine: 'postgres',
      conditions,
    });
  });

  it('reads composites of version 1 and 2', () => {
    const reduce = reduceCrossplaneResource({
      role: 'composite',
      group,
      kind: 'XDatabase',
    });
    const own = {
      compositionRef: { name: 'small' },
      resourceRefs: [ref('Instance', 'a'), { kind: 'Nameless' }, 7],
    };
    const expected = {
      meta,
      role: 'composite',
      group,
      kind: 'XDatabase',
      composition: 'small',
      composed: [{ group, kind: 'Instance', name: 'a' }],
    };
    expect(
      kept(
        reduce({
          metadata,
          spec: { ...own, claimRef: ref('Database', 'one', 'shop') },
        }),
      ),
    ).toEqual({
      ...expected,
      claim: { group, kind: 'Database', name: 'one', namespace: 'shop' },
    });
    expect(kept(reduce({ metadata, spec: { crossplane: own } }))).toEqual(
      expected,
    );
  });

  it('keeps the host of a managed resource, and nothing else of its state', () => {
    const reduce = reduceCrossplaneResource({
      role: 'managed',
      group,
      kind: 'Instance',
    });
    const host = (atProvider: JsonRecord) =>
      reduce({ metadata, spec: {}, status: { atProvider } })?.host;
    expect(host({ endpoint: 'db.example.com:5432', key: 'CANARY' })).toBe(
      'db.example.com',
    );
    expect(host({ endpoint: { address: 'db.example.com' } })).toBe(
      'db.example.com',
    );
    expect(host({ endpoint: 'postgres://u:CANARY@db/x' })).toBeUndefined();
    expect(host({ address: 'CANARY' })).toBeUndefined();
  });

  it('keeps which kinds a definition defines', () => {
    expect(
      kept(
        reduceCrossplaneDefinition({
          metadata: { name: 'xdatabases.example.org' },
          spec: {
            group,
            names: { kind: 'XDatabase', plural: 'xdatabases' },
            claimNames: { kind: 'Database', plural: 'databases' },
            scope: 'LegacyCluster',
            versions: [{ schema: 'CANARY' }],
          },
        }),
      ),
    ).toEqual({
      meta: { name: 'xdatabases.example.org', uid: '' },
      group,
      kind: 'XDatabase',
      claimKind: 'Database',
      scope: 'LegacyCluster',
    });
  });
});

describe('what is kept of the plumbing of Secrets', () => {
  const spec = {
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
    target: { template: { data: { a: 'CANARY' } } },
    data: [{ secretKey: 'CANARY', remoteRef: { key: 'CANARY' } }],
    dataFrom: [{ extract: { key: 'CANARY' } }],
  };

  it('keeps names and counts of External Secrets', () => {
    expect(
      kept(reduceExternalSecret('ExternalSecret')({ metadata, spec, status })),
    ).toEqual({
      meta,
      secretKind: 'ExternalSecret',
      store: { kind: 'ClusterSecretStore', name: 'vault' },
      target: 'one',
      keys: 2,
      conditions,
    });
    expect(
      kept(
        reduceExternalSecret('ClusterExternalSecret')({
          metadata,
          spec: { externalSecretName: 'login', externalSecretSpec: spec },
        }),
      ),
    ).toMatchObject({ target: 'login', keys: 2 });
  });

  it('keeps the name of a store and its provider', () => {
    expect(
      kept(
        reduceSecretStore('SecretStore')({
          metadata,
          spec: { provider: { vault: { server: 'CANARY' } } },
          status,
        }),
      ),
    ).toEqual({
      meta,
      storeKind: 'SecretStore',
      provider: 'vault',
      conditions,
    });
  });

  it('keeps the name and the count of what is sealed', () => {
    expect(
      kept(
        reduceSealedSecret({
          metadata,
          spec: {
            encryptedData: { CANARY: 'CANARY', b: 'CANARY' },
            template: { metadata: { name: 'login' }, data: 'CANARY' },
          },
        }),
      ),
    ).toEqual({ meta, target: 'login', keys: 2 });
  });
});

describe('what is kept of policy reports', () => {
  const result = {
    policy: 'limits',
    rule: 'cpu',
    result: 'fail',
    severity: 'high',
    message: 'CANARY',
    properties: { a: 'CANARY' },
  };
  const resource = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    uid: 'u2',
  };
  const failure = {
    policy: 'limits',
    rule: 'cpu',
    result: 'fail',
    severity: 'high',
    resource: {
      uid: 'u2',
      group: 'apps',
      kind: 'Deployment',
      name: 'web',
      namespace: 'shop',
    },
  };

  it('keeps counts and what failed, of each resource or of the scope', () => {
    const own = {
      metadata,
      summary: { pass: 3, fail: 1, warn: 'x' },
      results: [
        { ...result, resources: [resource] },
        { ...result, result: 'pass', resources: [resource] },
        { result: 'fail' },
      ],
    };
    expect(kept(reducePolicyReport(own))).toEqual({
      meta,
      summary: { pass: 3, fail: 1, warn: 0, error: 0, skip: 0 },
      failures: [failure],
    });
    expect(
      kept(
        reducePolicyReport({ metadata, scope: resource, results: [result] }),
      ),
    ).toMatchObject({ failures: [failure] });
  });

  it('keeps so many and no more', () => {
    const many = Array.from({ length: 5000 }, () => result);
    expect(
      reducePolicyReport({ metadata, scope: resource, results: many })
        ?.failures,
    ).toHaveLength(64);
  });
});

describe('what is kept of agents and their tools', () => {
  it('keeps what an agent of either version uses, and no prompt', () => {
    const tools = [
      { type: 'McpServer', mcpServer: { kind: 'RemoteMCPServer', name: 'a' } },
      { type: 'McpServer', mcpServer: { name: 'b', namespace: 'tools' } },
      { type: 'Agent', agent: { name: 'c' } },
    ];
    const group = 'kagent.dev';
    expect(
      kept(
        reduceAgent({
          metadata,
          spec: {
            type: 'Declarative',
            description: 'helps',
            declarative: {
              modelConfig: 'fast',
              systemMessage: 'CANARY',
              tools,
              deployment: { env: [{ name: 'A', value: 'CANARY' }] },
            },
          },
        }),
      ),
    ).toEqual({
      meta,
      description: 'helps',
      agentType: 'Declarative',
      model: 'fast',
      uses: [
        { group, kind: 'RemoteMCPServer', name: 'a' },
        { group, kind: 'MCPServer', name: 'b', namespace: 'tools' },
        { group, kind: 'Agent', name: 'c' },
      ],
    });
    expect(
      kept(
        reduceAgent({
          metadata,
          spec: {
            modelConfig: 'fast',
            tools: [
              { type: 'McpServer', mcpServer: { toolServer: 'tools/a' } },
              { type: 'Agent', agent: { ref: 'c' } },
            ],
          },
        }),
      ),
    ).toMatchObject({
      model: 'fast',
      uses: [
        { group, kind: 'ToolServer', name: 'a', namespace: 'tools' },
        { group, kind: 'Agent', name: 'c' },
      ],
    });
  });

  it('keeps of an address what cannot be a key', () => {
    const address = (url: unknown) =>
      kept(reduceToolServer('RemoteMCPServer')({ metadata, spec: { url } }))
        .address;
    expect(address('http://tools.kagent:8084/mcp?key=CANARY#CANARY')).toEqual({
      scheme: 'http',
      host: 'tools.kagent',
      port: 8084,
      path: '/mcp',
    });
    expect(address('https://u:CANARY@tools.example.com/CANARY')).toEqual({
      scheme: 'https',
      host: 'tools.example.com',
    });
    expect(address('file:///CANARY')).toBeUndefined();
    expect(address('no address')).toBeUndefined();
    expect(address(7)).toBeUndefined();
  });

  it('keeps how a tool server speaks, the names of its tools and no argument', () => {
    expect(
      kept(
        reduceToolServer('ToolServer')({
          metadata,
          spec: { config: { stdio: { command: 'CANARY', env: 'CANARY' } } },
          status: {
            discoveredTools: [{ name: 'find', description: 'CANARY' }],
          },
        }),
      ),
    ).toEqual({
      meta,
      serverKind: 'ToolServer',
      transport: 'stdio',
      tools: ['find'],
    });
  });
});

it('keeps whom a network policy is for and counts its rules', () => {
  expect(
    kept(
      reduceNetworkPolicy({
        metadata,
        spec: {
          podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{}] },
          ingress: [{ from: 'CANARY' }, {}],
          egress: [],
        },
      }),
    ),
  ).toEqual({
    meta,
    selector: { app: 'web' },
    selectsByExpression: true,
    types: ['Ingress', 'Egress'],
    ingressRules: 2,
    egressRules: 0,
  });
});

describe('what is kept of a configured kind', () => {
  const reduce = reduceConfiguredObject({
    group: 'flags.example.org',
    resource: 'featureflags',
    namespaced: true,
    type: 'flag',
    conditions: true,
    fields: {
      stage: 'spec.rollout.stage',
      share: 'spec.rollout.share',
      on: 'spec.on',
      object: 'spec.rollout',
      missing: 'spec.rollout.nothing',
      inherited: 'spec.constructor',
    },
    relations: [
      {
        type: 'dependsOn',
        path: 'spec.targets',
        kind: 'Deployment',
        group: 'apps',
      },
      { type: 'uses', path: 'spec.rules.ref' },
    ],
  });

  it('keeps scalars of the configured paths, references and conditions', () => {
    expect(
      kept(
        reduce({
          kind: 'FeatureFlag',
          metadata,
          spec: {
            on: true,
            rollout: { stage: 'x'.repeat(500), share: 0.5, other: 'CANARY' },
            targets: ['web', { name: 'api', namespace: 'other' }, 7, {}],
            rules: [
              { ref: { apiVersion: 'a.org/v1', kind: 'Rule', name: 'r' } },
              { ref: 'without kind' },
            ],
          },
          status,
        }),
      ),
    ).toEqual({
      meta,
      group: 'flags.example.org',
      kind: 'FeatureFlag',
      type: 'flag',
      fields: { stage: 'x'.repeat(253), share: 0.5, on: true },
      references: [
        {
          relation: 'dependsOn',
          group: 'apps',
          kind: 'Deployment',
          name: 'web',
        },
        {
          relation: 'dependsOn',
          group: 'apps',
          kind: 'Deployment',
          name: 'api',
          namespace: 'other',
        },
        { relation: 'uses', group: 'a.org', kind: 'Rule', name: 'r' },
      ],
      conditions,
    });
  });

  it('reads an object again when the configuration of its kind changed', () => {
    const reader = (fields: Record<string, string>) =>
      new ItemReader(
        configuredKinds([
          {
            group: 'flags.example.org',
            resource: 'featureflags',
            namespaced: true,
            conditions: true,
            fields,
            relations: [],
          },
        ])[0],
        [],
      );
    const object = { metadata: { ...metadata, resourceVersion: '7' } };
    const first = reader({}).object(object);
    const version = first.type === 'item' ? first.item.version! : '';
    const known = new Map([['shop/one', version]]);
    expect(reader({}).object(object, known).type).toBe('unchanged');
    expect(reader({ a: 'spec.a' }).object(object, known).type).toBe('item');
  });
});

describe('objects of any shape', () => {
  const node = fc.letrec<{ node: unknown }>(tie => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 7, '', 'text', 'a/b/c', '\ud800', 'http://['),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          ...['spec', 'status', 'kind', 'name', 'namespace', 'apiVersion'],
          ...['conditions', 'crossplane', 'resourceRef', 'resourceRefs'],
          ...['claimRef', 'forProvider', 'atProvider', 'endpoint', 'address'],
          ...['secretStoreRef', 'target', 'data', 'template', 'metadata'],
          ...[
            'declarative',
            'tools',
            'mcpServer',
            'agent',
            'toolServer',
            'ref',
          ],
          ...['config', 'sse', 'url', 'result', 'policy', 'resources', 'uid'],
          ...['podSelector', 'policyTypes', 'egress', '__proto__'],
        ),
        tie('node'),
        { maxKeys: 6 },
      ),
    ),
  })).node;
  const kinds = [
    ...kubernetesKinds.filter(({ group }) => group.includes('.')),
    ...configuredKinds([
      {
        group: 'flags.example.org',
        resource: 'featureflags',
        namespaced: true,
        conditions: true,
        fields: { a: 'spec.name', b: 'spec.spec.kind' },
        relations: [{ type: 'uses', path: 'spec.resourceRefs' }],
      },
    ]),
    ...(['claim', 'composite', 'managed'] as const).map(role => ({
      group: 'example.org',
      versions: [],
      resource: `${role}s`,
      namespaced: true,
      observed: 'CrossplaneResource' as const,
      reduce: reduceCrossplaneResource({
        role,
        group: 'example.org',
        kind: role,
      }),
    })),
  ];

  it.each(kinds.map(kind => [kindName(kind), kind] as const))(
    'of %s never make the reader throw, and give what can be stored',
    (_name, kind) => {
      const reader = new ItemReader(kind, []);
      fc.assert(
        fc.property(node, node, node, (spec, other, results) => {
          const stored = [
            {
              metadata: { name: 'a', namespace: 'b' },
              spec,
              status: other,
              results,
              scope: other,
            },
            { metadata: other, spec },
          ]
            .map(value => reader.object(value))
            .flatMap(read => (read.type === 'item' ? [read.item] : []))
            .map(item => prepareObservation(item));
          expect(stored).not.toContain(undefined);
        }),
        { numRuns: 150 },
      );
    },
  );
});
