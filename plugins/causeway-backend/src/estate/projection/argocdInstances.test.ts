import { config, smallEstate } from '../__testUtils__/estates';
import {
  application,
  applicationSet,
  argoProject,
  customResource,
} from '../__testUtils__/observations';
import type { Observation } from '../observations/model';
import { project } from './project';

const runsHere = {
  ...config,
  argocd: {
    argocd: {
      ...config.argocd.argocd,
      runsIn: { cluster: 'staging', namespace: 'argocd' },
    },
  },
};

const isArgocd = ({ kind }: Observation) => kind.startsWith('Argo');

/** The small estate with every object of Argo CD as the cluster has it. */
const asCustomResources = () =>
  smallEstate()
    .filter(isArgocd)
    .map(one => customResource('staging', one));

/** Without the partition and source that reported it. */
const withoutPlace = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value).replaceAll(
      /"(partition|source|[a-z.]+\/(?:partition|source|managed-by-(?:origin-)?location))":"[^"]+"/g,
      '"$1":"-"',
    ),
  );

describe('custom resources of Argo CD', () => {
  it('give the same estate as the REST API does', () => {
    const rest = project(smallEstate(), runsHere);
    const custom = project(
      [...smallEstate().filter(one => !isArgocd(one)), ...asCustomResources()],
      runsHere,
    );
    expect(withoutPlace(custom)).toEqual(withoutPlace(rest));
    expect(custom.edges.some(({ type }) => type === 'deploys')).toBe(true);
  });

  it('are one with what the REST API tells', () => {
    const both = project([...smallEstate(), ...asCustomResources()], runsHere);
    expect(both).toEqual(project(smallEstate(), runsHere));
  });

  it('are what an instance reports under the same uid, without configuration', () => {
    const withUid = (one: Observation): Observation =>
      isArgocd(one)
        ? ({
            ...one,
            data: { ...one.data, uid: `uid-${one.key}` },
          } as Observation)
        : one;
    const rest = smallEstate().map(withUid);
    const custom = rest
      .filter(isArgocd)
      .map(one => customResource('staging', one));
    expect(project([...rest, ...custom], config)).toEqual(
      project(rest, config),
    );
    // The name alone proves nothing.
    const other = custom.map(one => ({
      ...one,
      data: { ...one.data, uid: `other-${one.key}` },
    })) as Observation[];
    expect(
      project([...rest, ...other], config).entities.some(({ ref }) =>
        ref.includes('/staging.argocd.application.'),
      ),
    ).toBe(true);
  });

  it('are of the instance whose projects stand beside them', () => {
    const plain = argoProject('argocd', 'default');
    const reported = { ...plain, data: { ...plain.data, uid: 'u1' } };
    const fresh = application('argocd', 'not-reported-yet', {
      project: 'payments',
      destination: 'staging',
      namespace: 'payments',
      data: { uid: 'u2' },
    });
    const refs = project(
      [
        ...smallEstate(),
        reported,
        customResource('staging', reported),
        customResource('staging', fresh),
      ],
      config,
    ).entities.map(({ ref }) => ref);
    expect(refs).toContain(
      'resource:default/argocd.argocd.application.not-reported-yet',
    );
    expect(refs.filter(ref => ref.endsWith('project.default'))).toHaveLength(1);
  });

  it('give way to newer content, and keep where it comes from', () => {
    const [one] = smallEstate().filter(
      ({ kind }) => kind === 'ArgoApplication',
    ) as Observation<'ArgoApplication'>[];
    const newer = customResource('staging', {
      ...one,
      observedAt: 10,
      data: { ...one.data, health: { status: 'Degraded' } },
    });
    const { contexts } = project([...smallEstate(), newer], runsHere);
    const context = contexts.find(({ ref }) =>
      ref.endsWith(`application.${one.data.name}`),
    );
    expect(context).toMatchObject({
      health: 'degraded',
      partition: one.partition,
      source: 'argocd',
    });
  });

  it('make an instance of their own where none is configured, without a say in ownership', () => {
    const forged = application('', 'payment-api-mine', {
      project: 'storefront',
      destination: 'in-cluster',
      namespace: 'payments',
      resources: [['Deployment', 'payment-api']],
    });
    const { entities, edges, contexts } = project(
      [
        ...smallEstate(),
        customResource('staging', {
          ...forged,
          data: { ...forged.data, namespace: 'evil' },
        }),
      ],
      runsHere,
    );
    const ref = 'resource:default/staging.evil.application.payment-api-mine';
    expect(entities.map(entity => entity.ref)).toContain(ref);
    expect(edges).toContainEqual(
      expect.objectContaining({
        from: ref,
        type: 'deploys',
        to: 'resource:default/staging.payments.deployment.payment-api',
      }),
    );
    const before = project(smallEstate(), runsHere).contexts;
    const workload = 'resource:default/staging.payments.deployment.payment-api';
    const of = (list: typeof contexts) =>
      list.find(context => context.ref === workload);
    expect(of(contexts)).toEqual(of(before));
  });

  it('belong to a configured instance in any namespace, once that says so', () => {
    const elsewhere = application('argocd', 'elsewhere', {
      project: 'payments',
      destination: 'staging',
      namespace: 'payments',
      data: { namespace: 'team-a' },
    });
    const { entities } = project(
      [
        ...smallEstate(),
        { ...elsewhere, key: 'team-a/elsewhere' },
        customResource('staging', { ...elsewhere, key: 'team-a/elsewhere' }),
      ],
      runsHere,
    );
    expect(
      entities.map(({ ref }) => ref).filter(ref => ref.endsWith('.elsewhere')),
    ).toEqual(['resource:default/argocd.team-a.application.elsewhere']);
  });
});

describe('sets of applications', () => {
  it('provision the applications that name them, and have their owner', () => {
    const own = application('argocd', 'generated', {
      project: 'payments',
      destination: 'staging',
      namespace: 'payments',
      data: { applicationSet: 'payments' },
    });
    const { edges, contexts } = project(
      [
        ...smallEstate(),
        argoProject('argocd', 'other'),
        own,
        applicationSet('argocd', 'payments', {
          project: 'payments',
          conditions: [
            { type: 'ErrorOccurred', status: 'True', message: 'no such repo' },
          ],
        }),
      ],
      config,
    );
    const ref = 'resource:default/argocd.argocd.applicationset.payments';
    expect(
      edges
        .filter(({ from }) => from === ref)
        .map(({ type, to }) => [type, to]),
    ).toEqual([
      ['partOf', 'resource:default/argocd.argocd.project.payments'],
      ['provisions', 'resource:default/argocd.argocd.application.generated'],
    ]);
    expect(contexts.find(context => context.ref === ref)).toMatchObject({
      owner: { value: 'group:default/payments', rule: 'argocd-project' },
      health: 'degraded',
      conditions: [{ type: 'ErrorOccurred', status: 'True' }],
    });
  });
});
