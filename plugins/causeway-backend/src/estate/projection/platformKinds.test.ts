import { apiEntityV1alpha1Validator } from '@backstage/catalog-model';
import { mcpServerApiEntityValidator } from '@backstage/catalog-model/alpha';
import fc from 'fast-check';
import { config, smallEstate } from '../__testUtils__/estates';
import { observe, service, workload } from '../__testUtils__/observations';
import type {
  Observation,
  ObservedCondition,
  ObservedCrossplaneResource,
  ObservedMetadata,
} from '../observations/model';
import { engineOfKind } from './datastoreKinds';
import { project } from './project';

const cluster = 'production-eu';
const group = 'db.example.org';

const meta = (
  name: string,
  namespace?: string,
  more: Partial<ObservedMetadata> = {},
): ObservedMetadata => ({
  uid: `uid-${namespace}-${name}`,
  name,
  namespace,
  ...more,
});

const crossplane = (
  role: ObservedCrossplaneResource['role'],
  kind: string,
  of: ObservedMetadata,
  more: Partial<ObservedCrossplaneResource> = {},
) =>
  observe(
    'CrossplaneResource',
    cluster,
    `${kind}/${of.namespace ?? ''}/${of.name}`,
    { meta: of, role, group, kind, ...more },
  );

const ready = (status: string, reason: string): ObservedCondition[] => [
  { type: 'Ready', status, reason },
];

const claim = crossplane(
  'claim',
  'PostgreSQLInstance',
  meta('books', 'payments'),
  {
    composite: { group, kind: 'XPostgreSQLInstance', name: 'books-x1' },
    secret: { name: 'books-login' },
    conditions: ready('False', 'Creating'),
  },
);
const composite = crossplane(
  'composite',
  'XPostgreSQLInstance',
  meta('books-x1'),
  {
    claim: {
      group,
      kind: 'PostgreSQLInstance',
      name: 'books',
      namespace: 'payments',
    },
    composed: [{ group, kind: 'Instance', name: 'books-x1-a' }],
    conditions: ready('False', 'Creating'),
  },
);
const managed = crossplane(
  'managed',
  'Instance',
  meta('books-x1-a', undefined, {
    owners: [{ kind: 'XPostgreSQLInstance', name: 'books-x1', uid: 'x' }],
  }),
  {
    host: 'books.rds.example.com',
    conditions: [{ type: 'Synced', status: 'False', reason: 'ReconcileError' }],
  },
);
const claimRef = `resource:default/${cluster}.payments.postgresqlinstance.books`;

describe('what hangs together in Crossplane', () => {
  const estate = [
    ...smallEstate(),
    claim,
    composite,
    managed,
    workload(cluster, 'payments', 'export', {
      data: { secrets: ['books-login'] },
    }),
    workload(cluster, 'payments', 'report', {
      references: ['books.rds.example.com'],
    }),
    workload(cluster, 'shop', 'elsewhere', {
      data: { secrets: ['books-login'] },
    }),
  ];
  const { entities, edges, contexts } = project(estate, config);
  const lines = edges.map(({ from, type, to }) => `${from} ${type} ${to}`);

  it('is one database, with what it consists of below', () => {
    const types = entities.flatMap(({ ref, type }) =>
      ref.includes('books') ? [[ref.split('/')[1], type]] : [],
    );
    expect(types).toEqual([
      [`${cluster}.instance-db.books-x1-a`, 'crossplane-managed'],
      [`${cluster}.payments.postgresqlinstance.books`, 'datastore'],
      [`${cluster}.xpostgresqlinstance.books-x1`, 'crossplane-composite'],
    ]);
    expect(lines.filter(line => line.includes(' provisions '))).toEqual([
      `${claimRef} provisions resource:default/${cluster}.xpostgresqlinstance.books-x1`,
      `resource:default/${cluster}.xpostgresqlinstance.books-x1 provisions resource:default/${cluster}.instance-db.books-x1-a`,
    ]);
  });

  it('belongs to whoever owns the namespace of its claim, and is as bad as its worst part', () => {
    const of = (name: string) =>
      contexts.find(({ ref }) => ref === `resource:default/${cluster}.${name}`);
    const whose = of('payments.postgresqlinstance.books')?.owner?.value;
    expect(whose).toMatch(/^group:/);
    expect(of('instance-db.books-x1-a')?.owner?.value).toBe(whose);
    expect(of('payments.postgresqlinstance.books')?.health).toBe('degraded');
  });

  it('is depended on by whom its Secret or its host names, in its namespace', () => {
    expect(
      lines.filter(line => line.endsWith(`dependsOn ${claimRef}`)),
    ).toEqual([
      `resource:default/${cluster}.payments.deployment.export dependsOn ${claimRef}`,
      `resource:default/${cluster}.payments.deployment.report dependsOn ${claimRef}`,
    ]);
  });

  it('does not hang below a claim that its composite does not know', () => {
    const stranger = crossplane(
      'claim',
      'PostgreSQLInstance',
      meta('mine', 'evil'),
      { composite: claim.data.composite },
    );
    const tampered = project([...estate, stranger], config);
    expect(
      tampered.edges.filter(
        ({ from, type }) => from.includes('mine') && type === 'provisions',
      ),
    ).toEqual([]);
  });
});

it.each([
  ['db.example.org', 'PostgreSQLInstance', undefined, 'PostgreSQL'],
  ['rds.aws.upbound.io', 'Instance', 'mariadb', 'MariaDB'],
  ['rds.aws.upbound.io', 'Instance', 'aurora-postgresql', 'PostgreSQL'],
  ['rds.aws.upbound.io', 'Instance', undefined, 'database'],
  ['rds.aws.upbound.io', 'SubnetGroup', undefined, undefined],
  ['ec2.aws.upbound.io', 'Instance', undefined, undefined],
  ['example.org', 'MessageQueue', undefined, 'queue'],
  ['example.org', 'DatabaseUser', undefined, undefined],
  ['example.org', 'RedisCache', undefined, 'Redis'],
])('tells by %s %s (%s) what is a datastore', (of, kind, engine, expected) => {
  expect(engineOfKind(of, kind, engine)).toBe(expected);
});

const toolServer = (name: string, host: string) =>
  observe('ToolServer', cluster, `payments/${name}`, {
    meta: meta(name, 'payments'),
    serverKind: 'RemoteMCPServer',
    transport: 'streamable-http',
    address: { scheme: 'http', host, port: 8084, path: '/mcp' },
    tools: ['find', 'list'],
  });

describe('a tool server as an API', () => {
  const { entities } = project(
    [
      ...smallEstate(),
      service(cluster, 'payments', 'tools'),
      toolServer('inside', 'tools.payments'),
      toolServer('outside', 'tools.example'),
    ],
    config,
  );
  const apis = entities.filter(({ type }) => type === 'mcp-server');

  it('is one that the catalog takes, with and without its model of MCP servers', async () => {
    expect(apis).toHaveLength(2);
    for (const { entity } of apis) {
      await expect(apiEntityV1alpha1Validator.check(entity)).resolves.toBe(
        true,
      );
      await expect(mcpServerApiEntityValidator.check(entity)).resolves.toBe(
        true,
      );
    }
  });

  it('tells addresses of its own cluster only', () => {
    expect(apis.map(({ entity }) => entity.spec?.remotes)).toEqual([
      [
        {
          type: 'streamable-http',
          url: 'http://tools.payments.svc.cluster.local:8084/mcp',
        },
      ],
      [
        {
          type: 'streamable-http',
          url: `causeway:${cluster}/payments/remotemcpserver/outside`,
        },
      ],
    ]);
  });
});

describe('whatever the platform kinds refer to', () => {
  const name = fc.constantFrom('a', 'b', 'payment-api', 'ñ', 'x'.repeat(200));
  const namespace = fc.constantFrom('payments', 'shop', undefined);
  const kind = fc.constantFrom('Database', 'XDatabase', 'Instance', 'Agent');
  const reference = fc.record({
    group: fc.constantFrom(group, 'kagent.dev', ''),
    kind,
    name,
    namespace,
  });
  const owners = fc.array(
    fc.record({ kind, name, uid: fc.constantFrom('uid-payments-a', 'x') }),
    { maxLength: 2 },
  );
  const resource = fc
    .record({
      role: fc.constantFrom(
        'claim' as const,
        'composite' as const,
        'managed' as const,
      ),
      kind,
      name,
      namespace,
      owners,
      composite: reference,
      claim: reference,
      composed: fc.array(reference, { maxLength: 3 }),
      secret: fc.record({ name, namespace }),
    })
    .map(
      ({
        role,
        kind: of,
        name: called,
        namespace: within,
        owners: by,
        ...more
      }) => crossplane(role, of, meta(called, within, { owners: by }), more),
    );
  const agent = fc
    .record({ name, uses: fc.array(reference, { maxLength: 3 }) })
    .map(({ name: called, uses }) =>
      observe('Agent', cluster, `payments/${called}`, {
        meta: meta(called, 'payments'),
        uses,
      }),
    );
  const secret = fc
    .record({ name, target: name, owners })
    .map(({ name: called, target, owners: by }) =>
      observe('ExternalSecret', cluster, `payments/${called}`, {
        meta: meta(called, 'payments', { owners: by }),
        secretKind: 'ExternalSecret',
        target,
        keys: 1,
      }),
    );
  const tenants = fc
    .record({ name, owners, secrets: fc.array(name, { maxLength: 2 }) })
    .map(({ name: called, owners: by, secrets }) =>
      workload(cluster, 'payments', `w-${called}`, {
        data: {
          meta: meta(`w-${called}`, 'payments', { owners: by }),
          secrets,
        },
      }),
    );
  const estate = fc
    .uniqueArray(
      fc.oneof<fc.Arbitrary<Observation>[]>(resource, agent, secret, tenants),
      { maxLength: 12, selector: ({ kind: of, key }) => `${of} ${key}` },
    )
    .map(added => [...smallEstate(), ...added]);

  it('has one name each, and edges with two ends that exist, in any order', () => {
    fc.assert(
      fc.property(
        estate.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, {
              minLength: all.length,
              maxLength: all.length,
            }),
          ),
        ),
        ([all, shuffled]) => {
          const projection = project(all, config);
          const { entities, edges, contexts } = projection;
          const refs = new Set(entities.map(({ ref }) => ref));
          expect(refs.size).toBe(entities.length);
          for (const { entity } of entities) {
            expect(entity.metadata.name).toMatch(
              /^(?=.{1,63}$)[a-zA-Z0-9]+([-_.][a-zA-Z0-9]+)*$/,
            );
          }
          for (const { from, to } of edges) {
            expect(from).not.toBe(to);
            expect(refs.has(from) && refs.has(to)).toBe(true);
          }
          expect(contexts.map(({ ref }) => ref)).toEqual(
            expect.arrayContaining([...refs]),
          );
          expect(JSON.stringify(project(shuffled, config))).toBe(
            JSON.stringify(projection),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
