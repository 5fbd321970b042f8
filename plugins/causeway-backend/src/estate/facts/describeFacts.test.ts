import fc from 'fast-check';
import { ConfigReader } from '@backstage/config';
import { config, smallEstate, trustedClaim } from '../__testUtils__/estates';
import {
  argoProject,
  observe,
  repository,
  workload,
  type WorkloadOptions,
} from '../__testUtils__/observations';
import type {
  Observation,
  ObservedBranchProtection,
  ObservedMetadata,
  ObservedWorkload,
} from '../observations/model';
import { readProjectionConfig } from '../projection/config';
import { project } from '../projection/project';
import { factCatalogue, factsByName, isFactOf } from './catalogue';
import { knownValues, type KnownValue } from './storedFacts';

const eu = 'resource:default/production-eu.payments.deployment.payment-api';
const service = 'component:default/payment-api';

function factsOf(observations: Observation[], using = config) {
  return new Map(
    project(observations, using).facts.map(({ ref, ...projected }) => [
      ref,
      knownValues({ projected, kept: {} }),
    ]),
  );
}

/** Values of facts of one entity, by name. */
function values(observations: Observation[], ref: string) {
  const known = factsOf(observations).get(ref) ?? new Map<string, KnownValue>();
  return Object.fromEntries(
    [...known].map(([name, { value }]) => [name, value]),
  );
}

const payment = (
  options: WorkloadOptions & { meta?: Partial<ObservedMetadata> },
) => {
  const made = workload('production-eu', 'payments', 'payment-api', {
    image: 'ghcr.io/meridian/payment-api:2.14.3',
    ...options,
  });
  const { data } = made;
  return {
    ...made,
    data: { ...data, meta: { ...data.meta, ...options.meta } },
  };
};
/** The estate with another payment-api in production. */
const withPayment = (
  options: Parameters<typeof payment>[0],
  ...more: Observation[]
): Observation[] => {
  const own = payment(options);
  return [
    ...smallEstate().filter(
      ({ partition, key }) =>
        !(partition === own.partition && key.endsWith('/payment-api')),
    ),
    own,
    ...more,
  ];
};
const containers = (
  ...list: Partial<ObservedWorkload['containers'][number]>[]
) => ({
  data: {
    containers: list.map((one, position) => ({
      name: position === 0 ? 'payment-api' : `sidecar-${position}`,
      image: 'ghcr.io/meridian/payment-api:2.14.3',
      ...one,
    })),
  },
});
const setBy = (manager: string, desired = 3) => ({
  meta: {
    managers: [{ manager, operation: 'Update', paths: ['spec.replicas'] }],
  },
  data: { replicas: { desired, ready: 3, updated: 3, available: 3 } },
});

describe('facts', () => {
  it('are of the catalogue, of its types, and of entities that they are told of', () => {
    for (const { ref, type, groups } of project(
      [...smallEstate(), trustedClaim],
      config,
    ).facts) {
      const found = groups.flatMap(({ values: own }) => Object.entries(own));
      const wrong = found.filter(([name, value]) => {
        const definition = factsByName.get(name)!;
        const wanted = definition.type === 'time' ? 'number' : definition.type;
        return (
          !isFactOf(definition, type!) ||
          (value !== undefined && typeof value !== wanted)
        );
      });
      expect([ref, wrong]).toEqual([ref, []]);
      expect([ref, found.length > 0]).toEqual([ref, true]);
    }
    expect(new Set(factCatalogue.map(({ name }) => name)).size).toBe(
      factCatalogue.length,
    );
  });

  it('tell probes of the main container, and nothing where they were not looked for', () => {
    expect(
      values(
        withPayment(
          containers(
            { probes: ['liveness'] },
            { probes: ['readiness', 'startup'] },
          ),
        ),
        eu,
      ),
    ).toMatchObject({
      'probes.liveness': true,
      'probes.readiness': false,
      'probes.startup': false,
    });
    expect(values(smallEstate(), eu)).not.toHaveProperty('probes.liveness');
    expect(
      values(
        withPayment({ kind: 'CronJob', ...containers({ probes: [] }) }),
        'resource:default/production-eu.payments.cronjob.payment-api',
      ),
    ).not.toHaveProperty('probes.liveness');
  });

  it('add up what a pod asks for, unless a container does not say', () => {
    const one = { requests: { cpu: 0.1 }, limits: { memory: 100 } };
    expect(values(withPayment(containers(one, one)), eu)).toMatchObject({
      'requests.cpu.set': true,
      'requests.cpu': 0.2,
      // A limit alone is a request too, as Kubernetes has it.
      'requests.memory.set': true,
      'requests.memory': 200,
      'limits.cpu.set': false,
      'limits.memory': 200,
    });
    const found = values(
      withPayment(containers(one, { requests: {}, limits: {} })),
      eu,
    );
    expect(found).toMatchObject({ 'requests.cpu.set': false });
    expect(found).not.toHaveProperty(['requests.cpu']);
    for (const unread of [containers(one, {}), containers()]) {
      expect(values(withPayment(unread), eu)).not.toHaveProperty([
        'requests.cpu.set',
      ]);
    }
  });

  it.each([
    ['argocd-controller', 'git', 3],
    ['kustomize-controller', 'git', 3],
    ['kubectl', 'person', 3],
    ['kubectl-edit', 'person', 3],
    ['Mozilla', 'person', 3],
    ['kube-controller-manager', 'autoscaler', undefined],
    ['causeway', 'gate', undefined],
    ['kubectlish', 'other', undefined],
    ['somebody', 'other', undefined],
  ])('take what %s sets as set by %s', (manager, setter, baseline) => {
    const found = values(withPayment(setBy(manager)), eu);
    expect(found['replicas.setBy']).toBe(setter);
    expect(found['replicas.baseline']).toBe(baseline);
  });

  it('take replicas that nobody set for the default, and say nothing where managers are not told', () => {
    const unset = {
      ...setBy('kubectl'),
      meta: {
        managers: [
          { manager: 'kubectl', operation: 'Update', paths: ['spec.template'] },
        ],
      },
    };
    expect(values(withPayment(unset), eu)).toMatchObject({
      'replicas.setBy': 'default',
      'replicas.baseline': 3,
    });
    expect(values(smallEstate(), eu)).not.toHaveProperty(['replicas.setBy']);
    expect(
      values(
        withPayment({
          ...setBy('kube-controller-manager'),
          meta: {
            managers: ['somebody', 'argocd-controller'].map(manager => ({
              manager,
              operation: 'Apply',
              paths: ['spec.replicas'],
            })),
          },
        }),
        eu,
      )['replicas.setBy'],
    ).toBe('git');
  });

  it('tell autoscalers and budgets that mean the workload, and that there is none', () => {
    const staging = 'resource:default/staging.payments.deployment.payment-api';
    const budget = observe(
      'PodDisruptionBudget',
      'production-eu',
      'payments/all',
      {
        meta: { uid: 'pdb', name: 'all', namespace: 'payments' },
        selector: {
          labels: { app: 'payment-api' },
          expressions: [{ key: 'tier', operator: 'DoesNotExist', values: [] }],
        },
        minAvailable: '50%',
      },
    );
    const found = factsOf([...smallEstate(), budget]);
    const told = (ref: string, name: string) => found.get(ref)?.get(name);
    expect(told(eu, 'autoscaling.present')).toMatchObject({
      value: true,
      partition: 'production-eu/-/horizontalpodautoscalers.autoscaling',
    });
    expect(told(eu, 'autoscaling.max')?.value).toBe(9);
    expect(told(eu, 'disruptionBudget.minAvailable')?.value).toBe('50%');
    expect(told(staging, 'autoscaling.present')?.value).toBe(false);
    expect(told(staging, 'disruptionBudget.present')?.value).toBe(false);
    expect(told(staging, 'autoscaling.max')).toBeUndefined();
  });

  it('tell network policies that are for the pods, and nothing of selectors that are not known whole', () => {
    const policy = (
      types: string[],
      selector?: Record<string, string>,
      selectsByExpression = false,
    ) =>
      observe('NetworkPolicy', 'production-eu', 'payments/one', {
        meta: { uid: 'np', name: 'one', namespace: 'payments' },
        selector,
        selectsByExpression,
        types,
        ingressRules: 0,
        egressRules: 0,
      });
    const told = (...policies: Observation[]) => {
      const found = values([...smallEstate(), ...policies], eu);
      return ['present', 'ingress', 'egress'].map(
        name => found[`networkPolicy.${name}`],
      );
    };
    expect(told()).toEqual([false, false, false]);
    expect(told(policy(['Ingress']))).toEqual([true, true, false]);
    expect(told(policy(['Egress'], { app: 'payment-api' }))).toEqual([
      true,
      false,
      true,
    ]);
    expect(told(policy(['Ingress'], { app: 'other' }))).toEqual([
      false,
      false,
      false,
    ]);
    expect(told(policy(['Ingress'], undefined, true))).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  it('count what policies a workload fails, where its cluster reports at all', () => {
    const report = observe('PolicyReport', 'production-eu', 'payments/report', {
      meta: { uid: 'pr', name: 'report', namespace: 'payments' },
      summary: { pass: 1, fail: 2, warn: 1, error: 0, skip: 0 },
      failures: [
        { policy: 'no-root', result: 'fail' as const, severity: 'high' },
        { policy: 'limits', result: 'fail' as const },
        { policy: 'labels', result: 'warn' as const, severity: 'critical' },
      ].map(failure => ({
        ...failure,
        resource: {
          kind: 'Deployment',
          name: 'payment-api',
          namespace: 'payments',
        },
      })),
    });
    const known = factsOf([...smallEstate(), report]);
    const told = (ref: string) =>
      ['', '.critical', '.high', '.medium', '.low'].map(
        severity => known.get(ref)?.get(`policy.failures${severity}`)?.value,
      );
    expect(told(eu)).toEqual([2, 0, 1, 0, 1]);
    expect(
      told('resource:default/production-eu.shop.deployment.checkout'),
    ).toEqual([0, 0, 0, 0, 0]);
    expect(
      told('resource:default/staging.payments.deployment.payment-api'),
    ).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it.each([
    ['ghcr.io/meridian/payment-api:2.14.3', '2.14.3', false, false],
    ['ghcr.io/meridian/payment-api', undefined, false, true],
    ['ghcr.io/meridian/payment-api:latest', 'latest', false, true],
    [
      `ghcr.io/meridian/payment-api:latest@sha256:${'a'.repeat(64)}`,
      'latest',
      true,
      false,
    ],
  ])('take %s apart', (image, tag, pinned, mutable) => {
    const found = values(withPayment({ image }), eu);
    expect(found).toMatchObject({
      'image.repository': 'ghcr.io/meridian/payment-api',
      'image.pinned': pinned,
      'image.mutableTag': mutable,
    });
    expect(found['image.tag']).toBe(tag);
  });

  it('tell when an image was released, as its repository says', () => {
    const released = (tag: string, publishedAt?: string) => [
      ...smallEstate().filter(({ key }) => key !== 'meridian/payment-api'),
      repository('payment-api', {
        latestRelease: { tag, publishedAt, url: 'https://github.com' },
      }),
    ];
    const at = '2026-01-02T03:04:05Z';
    for (const tag of [
      '2.14.3',
      'v2.14.3',
      'payment-api-2.14.3',
      'api/v2.14.3',
    ]) {
      expect(values(released(tag, at), eu)['image.releasedAt']).toBe(
        Date.parse(at),
      );
    }
    for (const [tag, time] of [
      ['12.14.3', at],
      ['2.14.4', at],
      ['2.14.3', 'soon'],
    ]) {
      expect(values(released(tag, time), eu)).not.toHaveProperty([
        'image.releasedAt',
      ]);
    }
  });

  it('roll up services and what their repository is like', () => {
    const found = values(
      [
        ...smallEstate().filter(({ key }) => key !== 'meridian/payment-api'),
        repository('payment-api', {
          codeowners: [],
          checks: 'failure',
          hasAgentsMd: true,
        }),
      ],
      service,
    );
    expect(found).toMatchObject({
      'owner.present': true,
      owner: 'group:default/payments',
      lifecycle: 'production',
      runsInProduction: true,
      'instances.count': 2,
      'instances.production': 1,
      'codeowners.present': true,
      'ci.state': 'failure',
      'agentsMd.present': true,
      'catalogInfo.present': false,
    });
  });

  const guarded = (protection?: Partial<ObservedBranchProtection>) => [
    ...smallEstate().filter(({ key }) => key !== 'meridian/payment-api'),
    repository('payment-api', {
      protection: protection && {
        complete: true,
        rules: [{ type: 'ruleset', name: 'main' }],
        pullRequests: true,
        approvals: 2,
        codeOwnerReviews: false,
        statusChecks: [],
        signatures: false,
        linearHistory: false,
        forcePushes: 'blocked',
        deletion: 'blocked',
        ...protection,
      },
    }),
  ];
  const code = 'resource:default/github.meridian.payment-api';

  it('tell what guards a branch, and of what they may not see only that it holds', () => {
    expect(values(guarded({}), code)).toMatchObject({
      'branchProtection.present': true,
      'branchProtection.pullRequests': true,
      'branchProtection.approvals': 2,
      'branchProtection.codeOwnerReviews': false,
      'branchProtection.statusChecks': false,
      'branchProtection.forcePushesBlocked': true,
    });
    const partly = values(guarded({ complete: false }), code);
    expect(partly).toMatchObject({
      'branchProtection.present': true,
      'branchProtection.pullRequests': true,
    });
    for (const name of ['approvals', 'codeOwnerReviews', 'signatures']) {
      expect(partly).not.toHaveProperty([`branchProtection.${name}`]);
    }
    expect(values(guarded(), code)).not.toHaveProperty([
      'branchProtection.present',
    ]);
    expect(
      values(guarded({ rules: [], pullRequests: false }), code),
    ).toMatchObject({ 'branchProtection.present': false });
  });

  it('take from what is read apart from a repository what it says of it', () => {
    const delivery = observe(
      'RepositoryDelivery',
      'github',
      'meridian/payment-api',
      {
        organization: 'meridian',
        name: 'payment-api',
        defaultBranchProtected: true,
        workflows: [
          { name: 'build', status: 'completed', conclusion: 'failure' },
          { name: 'lint', status: 'completed', conclusion: 'success' },
          { name: 'slow', status: 'in_progress' },
        ],
        releases: [
          {
            tag: 'v2.14.3',
            publishedAt: '2026-01-02T03:04:05Z',
            prerelease: false,
            url: 'https://github.com',
          },
        ],
      },
    );
    const estate = [
      ...guarded({ complete: false, rules: [], pullRequests: false }),
      delivery,
    ];
    const known = factsOf(estate);
    expect(known.get(code)?.get('branchProtection.present')).toMatchObject({
      value: true,
      partition: delivery.partition,
    });
    for (const ref of [code, service]) {
      expect(known.get(ref)?.get('ci.failingWorkflows')?.value).toBe(1);
    }
    expect(known.get(eu)?.get('image.releasedAt')?.value).toBe(
      Date.parse('2026-01-02T03:04:05Z'),
    );
  });

  it('believe in a golden path only as a claim', () => {
    const path = factsOf(
      withPayment({
        annotations: { 'backstage.io/source-template': 'template:default/api' },
      }),
    );
    for (const ref of [eu, service]) {
      expect(path.get(ref)?.get('goldenPath.template')).toMatchObject({
        value: 'template:default/api',
        origin: 'claimed',
      });
    }
  });

  it('say nothing of GitOps where no Argo CD is read', () => {
    const without = readProjectionConfig(new ConfigReader({}));
    const alone = smallEstate().filter(({ kind }) => !kind.startsWith('Argo'));
    expect(factsOf(alone, without).get(eu)?.has('gitops.managed')).toBe(false);
    expect(factsOf(alone).get(eu)?.get('gitops.managed')?.value).toBe(false);
    expect(values(smallEstate(), eu)).toMatchObject({
      'gitops.managed': true,
      'gitops.automated': true,
      sync: 'synced',
    });
  });

  it('are monotone: nothing that tenants write changes one of the platform', () => {
    const platform = (observations: Observation[]) =>
      [...factsOf(observations)]
        .filter(([ref]) => ref.startsWith('resource:'))
        .flatMap(([ref, known]) =>
          [...known].flatMap(([name, { value, origin }]) =>
            origin === 'platform' ? [[ref, name, value]] : [],
          ),
        );
    const before = platform(smallEstate());
    expect(before).toContainEqual([eu, 'environment', 'production']);
    const anything = fc.oneof(
      fc.constantFrom('production', 'staging', 'group:default/mallory', eu),
      fc.string(),
    );
    const keys = fc.constantFrom(
      'causeway.dev/owner',
      'causeway.dev/environment',
      'causeway.dev/lifecycle',
      'causeway.dev/component',
      'causeway.dev/template',
      'backstage.io/source-template',
      'github.com/project-slug',
      'environment',
      'app.kubernetes.io/name',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            labels: fc.dictionary(keys, anything),
            annotations: fc.dictionary(keys, anything),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        written => {
          let turn = 0;
          const next = () => written[turn++ % written.length];
          const after = platform(
            smallEstate().map(one =>
              one.kind === 'Workload' || one.kind === 'Namespace'
                ? ({
                    ...one,
                    data: {
                      ...one.data,
                      meta: {
                        ...(one.data as ObservedWorkload).meta,
                        ...next(),
                      },
                    },
                  } as Observation)
                : one,
            ),
          );
          expect(after).toEqual(before);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('take nothing that depends on which workloads a service has for the word of the platform', () => {
    const told = [...factsOf([...smallEstate(), trustedClaim])]
      .filter(([ref]) => ref.startsWith('component:'))
      .flatMap(([, known]) =>
        [...known].flatMap(([name, { origin }]) =>
          origin === 'platform' ? [name] : [],
        ),
      );
    expect([...new Set(told)].sort()).toEqual(['owner', 'owner.present']);
  });

  it('know nothing of projects but what rules decide', () => {
    expect(
      values(
        [argoProject('argocd', 'alone')],
        'resource:default/argocd.argocd.project.alone',
      ),
    ).toEqual({});
  });
});
