import { config, smallEstate } from '../__testUtils__/estates';
import { application, service, workload } from '../__testUtils__/observations';
import type { Observation, ObservedRollout } from '../observations/model';
import { reduceRollout } from '../sources/kubernetes/reduce/Rollout';
import { project } from './project';

const rollout = (name: string, state: Partial<ObservedRollout>, more = {}) =>
  workload('staging', 'shop', name, {
    kind: 'Rollout',
    podLabels: { app: 'web' },
    data: {
      rollout: { strategy: 'canary', paused: false, aborted: false, ...state },
      ...more,
    },
  });

const withTemplate = (): Observation[] => [
  ...smallEstate(),
  workload('staging', 'shop', 'web', {
    image: 'ghcr.io/meridian/shop/web:2.0.0',
    references: ['payment-api.payments'],
    labels: { 'app.kubernetes.io/name': 'web' },
    data: { replicas: { desired: 0, ready: 0, updated: 0, available: 0 } },
  }),
  rollout(
    'web',
    {
      phase: 'Healthy',
      templateOf: { kind: 'Deployment', name: 'web' },
    },
    {
      containers: [],
      podLabels: {},
      meta: {
        uid: 'u',
        name: 'web',
        namespace: 'shop',
        labels: { 'app.kubernetes.io/name': 'web' },
      },
    },
  ),
  service('staging', 'shop', 'web'),
];

const ref = (kind: string, name: string) =>
  `resource:default/staging.shop.${kind}.${name}`;

describe('a Rollout', () => {
  it('is a workload like others: selected, autoscaled, deployed, with its code', () => {
    const { edges, contexts } = project(
      [
        ...smallEstate(),
        rollout('checkout-web', { phase: 'Healthy' }),
        application('argocd', 'web-staging', {
          project: 'storefront',
          destination: 'staging',
          namespace: 'shop',
          resources: [['Rollout', 'checkout-web']],
        }),
      ],
      config,
    );
    expect(
      edges
        .filter(({ to }) => to === ref('rollout', 'checkout-web'))
        .map(({ from, type }) => `${from} ${type}`),
    ).toEqual([
      'resource:default/argocd.argocd.application.web-staging deploys',
    ]);
    expect(
      contexts.find(one => one.ref === ref('rollout', 'checkout-web')),
    ).toMatchObject({
      health: 'healthy',
      instance: { workloadKind: 'Rollout' },
    });
  });

  it('takes what runs in it from the workload that it names', () => {
    const { edges, contexts, entities } = project(withTemplate(), config);
    const from = ref('rollout', 'web');
    expect(
      edges
        .filter(edge => edge.from === from)
        .map(({ type, to }) => `${type} ${to}`),
    ).toEqual([
      'partOf component:default/web',
      'runsOn resource:default/staging.shop',
      `uses ${ref('deployment', 'web')}`,
    ]);
    expect(edges).toContainEqual(
      expect.objectContaining({
        from: 'component:default/web',
        type: 'sourcedFrom',
        to: 'resource:default/github.meridian.shop',
      }),
    );
    expect(
      entities.find(entity => entity.ref === from)?.entity.spec,
    ).toMatchObject({
      causeway: { details: { image: 'ghcr.io/meridian/shop/web:2.0.0' } },
    });
    // The Deployment at nothing does not make the service look asleep.
    expect(
      contexts.find(one => one.ref === 'component:default/web')?.health,
    ).toBe('healthy');
  });

  it.each([
    ['Paused', 'suspended'],
    ['Degraded', 'degraded'],
    ['Progressing', 'progressing'],
  ])('that is %s is %s', (phase, health) => {
    const state = { phase, paused: phase === 'Paused', step: 1, weight: 20 };
    const { contexts } = project(
      [...smallEstate(), rollout('canary', state)],
      config,
    );
    expect(
      contexts.find(one => one.ref === ref('rollout', 'canary')),
    ).toMatchObject({ health, instance: { rollout: state } });
  });
});

describe('reducing a Rollout', () => {
  const object = (spec: object, status: object) => ({
    metadata: { name: 'web', namespace: 'shop', generation: 3 },
    spec: {
      template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      ...spec,
    },
    status: { observedGeneration: '3', ...status },
  });
  const canary = {
    strategy: {
      canary: {
        steps: [
          { setWeight: 20 },
          { pause: {} },
          { setWeight: 60 },
          { pause: { duration: '10m' } },
        ],
      },
    },
  };

  it.each([
    ['before the first step', { currentStepIndex: 0 }, { step: 0, weight: 20 }],
    ['at the first pause', { currentStepIndex: 1 }, { step: 1, weight: 20 }],
    ['at the second pause', { currentStepIndex: 3 }, { step: 3, weight: 60 }],
    [
      'as traffic routing has it',
      {
        currentStepIndex: 3,
        canary: { weights: { canary: { weight: 55 }, stable: { weight: 45 } } },
      },
      { step: 3, weight: 55 },
    ],
    [
      'at its end',
      { currentStepIndex: 4, currentPodHash: 'a' },
      { step: undefined, weight: undefined },
    ],
  ])('tells the weight of its canary %s', (_when, status, expected) => {
    const reduced = reduceRollout(
      object(canary, { stableRS: 'a', currentPodHash: 'b', ...status }),
    );
    expect(reduced?.rollout).toMatchObject({ strategy: 'canary', steps: 4 });
    expect(reduced?.rollout).toMatchObject(expected);
    expect(reduced?.current).toBe(true);
  });

  it('needs containers or a workload that has them', () => {
    expect(reduceRollout(object({ template: undefined }, {}))).toBeUndefined();
    expect(
      reduceRollout(
        object(
          {
            template: undefined,
            workloadRef: {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'w',
            },
          },
          {},
        ),
      ),
    ).toMatchObject({ containers: [], rollout: { templateOf: { name: 'w' } } });
  });
});
