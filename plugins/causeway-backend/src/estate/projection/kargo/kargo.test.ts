import { config, smallEstate } from '../../__testUtils__/estates';
import { kargo, namespace } from '../../__testUtils__/observations';
import type {
  Observation,
  ObservedArgoApplication,
} from '../../observations/model';
import { reduceKargoFreight } from '../../sources/kubernetes/reduce/kargo/Freight';
import { reduceKargoStage } from '../../sources/kubernetes/reduce/kargo/Stage';
import { reduceKargoWarehouse } from '../../sources/kubernetes/reduce/kargo/Warehouse';
import { project } from '../project';

const at = 'production-eu';
const authorize = (estate: Observation[], name: string, stage: string) =>
  estate.map(one =>
    one.kind === 'ArgoApplication' &&
    (one.data as ObservedArgoApplication).name === name
      ? ({
          ...one,
          data: {
            ...(one.data as ObservedArgoApplication),
            annotations: { 'kargo.akuity.io/authorized-stage': stage },
          },
        } as Observation)
      : one,
  );

const commit = 'c'.repeat(40);
const delivery = (): Observation[] => [
  namespace(at, 'delivery', { 'causeway.dev/owner': 'payments' }),
  kargo.project(at, 'delivery'),
  kargo.warehouse(at, 'delivery', 'payment-api', {
    subscriptions: [
      { kind: 'image', address: 'ghcr.io/meridian/payment-api' },
      { kind: 'git', address: 'https://github.com/meridian/shop.git' },
      { kind: 'chart', address: 'oci://ghcr.io/meridian/nowhere' },
    ],
  }),
  kargo.freight(at, 'delivery', 'f1', {
    alias: 'calm-otter',
    warehouse: 'payment-api',
    createdAt: '2025-05-01T00:00:00Z',
  }),
  kargo.freight(at, 'delivery', 'f2', {
    alias: 'quiet-heron',
    warehouse: 'payment-api',
    createdAt: '2025-06-01T00:00:00Z',
  }),
  kargo.stage(at, 'delivery', 'staging', {
    requests: [{ warehouse: 'payment-api', direct: true, stages: [] }],
    health: 'Healthy',
  }),
  kargo.stage(at, 'delivery', 'prod', {
    requests: [
      { warehouse: 'payment-api', direct: false, stages: ['staging', 'gone'] },
    ],
    applications: [{ name: 'payment-api-production-eu' }],
    health: 'Unhealthy',
    freight: [
      {
        name: 'f1',
        warehouse: 'payment-api',
        images: [{ address: 'ghcr.io/meridian/payment-api', tag: '2.14.3' }],
        commits: [{ address: 'https://github.com/meridian/shop', id: commit }],
        charts: [],
      },
    ],
    conditions: [{ type: 'Verified', status: 'False', reason: 'Failed' }],
  }),
  kargo.promotion(at, 'delivery', 'prod.01.f1', {
    stage: 'prod',
    freight: 'f1',
    phase: 'Succeeded',
    createdBy: 'email:ada@example.com',
    finishedAt: '2025-06-02T00:00:00Z',
    createdAt: '2025-06-02T00:00:00Z',
  }),
  kargo.promotion(at, 'delivery', 'prod.02.f2', {
    stage: 'prod',
    freight: 'f2',
    phase: 'Failed',
    createdAt: '2025-06-03T00:00:00Z',
  }),
];

const ref = (kind: string, name: string) =>
  `resource:default/${at}.delivery.${kind}.${name}`;
const edgesOf = (estate: Observation[]) => project(estate, config).edges;
const contextOf = (estate: Observation[], wanted: string) =>
  project(estate, config).contexts.find(context => context.ref === wanted);

describe('Kargo', () => {
  it('leads from code over stages to applications', () => {
    const estate = authorize(
      smallEstate(),
      'payment-api-staging',
      'delivery:staging',
    );
    const lines = edgesOf([...estate, ...delivery()])
      .filter(({ rule }) => rule.startsWith('kargo'))
      .map(({ from, type, to, confidence }) =>
        `${from} ${type} ${to} ${confidence}`.replaceAll(
          'resource:default/',
          '',
        ),
      );
    const project_ = `${at}.project.delivery`;
    const short = (kind: string, name: string) =>
      `${at}.delivery.${kind}.${name}`;
    expect(lines.sort()).toEqual(
      [
        `${project_} provisions ${at}.delivery certain`,
        `${short('warehouse', 'payment-api')} partOf ${project_} certain`,
        `${short('stage', 'staging')} partOf ${project_} certain`,
        `${short('stage', 'prod')} partOf ${project_} certain`,
        `${short('warehouse', 'payment-api')} sourcedFrom github.meridian.payment-api likely`,
        `${short('warehouse', 'payment-api')} sourcedFrom github.meridian.shop certain`,
        `${short('warehouse', 'payment-api')} promotes ${short('stage', 'staging')} certain`,
        `${short('stage', 'staging')} promotes ${short('stage', 'prod')} certain`,
        `${short('stage', 'staging')} promotes argocd.argocd.application.payment-api-staging certain`,
        `${short('stage', 'prod')} promotes argocd.argocd.application.payment-api-production-eu likely`,
      ].sort(),
    );
  });

  it('knows what is in a stage and how it came there', () => {
    const estate = [...smallEstate(), ...delivery()];
    expect(contextOf(estate, ref('stage', 'prod'))).toMatchObject({
      health: 'degraded',
      conditions: [{ type: 'Verified', status: 'False', reason: 'Failed' }],
      // Of what it updates, not of the cluster where Kargo runs, and not to be relied on.
      environment: { value: 'production', origin: 'live' },
      freight: [
        {
          name: 'f1',
          alias: 'calm-otter',
          images: ['ghcr.io/meridian/payment-api:2.14.3'],
          commits: [
            {
              id: commit,
              url: `https://github.com/meridian/shop/commit/${commit}`,
            },
          ],
        },
      ],
      promotions: [
        { name: 'prod.02.f2', alias: 'quiet-heron', phase: 'Failed' },
        {
          name: 'prod.01.f1',
          phase: 'Succeeded',
          requestedBy: 'email:ada@example.com',
          finishedAt: Date.parse('2025-06-02T00:00:00Z'),
        },
      ],
    });
    expect(contextOf(estate, ref('stage', 'staging'))).toMatchObject({
      environment: undefined,
      promotions: [],
    });
    expect(
      contextOf(estate, ref('warehouse', 'payment-api'))?.freight?.map(
        ({ alias }) => alias,
      ),
    ).toEqual(['quiet-heron', 'calm-otter']);
  });

  it('keeps what changes with every promotion off the entities', () => {
    const without = (kinds: string[]) =>
      project(
        [
          ...smallEstate(),
          ...delivery().filter(({ kind }) => !kinds.includes(kind)),
        ],
        config,
      ).entities;
    expect(without(['KargoFreight', 'KargoPromotion'])).toEqual(without([]));
  });

  it('belongs to whom its namespace belongs', () => {
    const estate = [...smallEstate(), ...delivery()];
    for (const wanted of [
      `resource:default/${at}.project.delivery`,
      ref('stage', 'prod'),
    ]) {
      expect(contextOf(estate, wanted)?.owner?.value).toBe(
        'group:default/payments',
      );
    }
  });

  it('guesses no application where several could be meant', () => {
    const twin = smallEstate()
      .filter(
        ({ kind, data }) =>
          kind === 'ArgoApplication' &&
          (data as ObservedArgoApplication).name ===
            'payment-api-production-eu',
      )
      .map(one => ({
        ...one,
        source: 'other',
        partition: 'other/-/applications',
        data: { ...(one.data as ObservedArgoApplication), instance: 'other' },
      })) as Observation[];
    expect(
      edgesOf([...smallEstate(), ...twin, ...delivery()]).filter(
        ({ rule }) => rule === 'kargo-application',
      ),
    ).toEqual([]);
  });
});

describe('reducing what Kargo has', () => {
  const metadata = { name: 'prod', namespace: 'delivery' };
  const update = (apps: unknown, vars?: unknown) => ({
    uses: 'argocd-update',
    config: { apps },
    vars,
  });
  const applications = (steps: unknown, more = {}) =>
    reduceKargoStage({
      metadata,
      spec: { promotionTemplate: { spec: { steps } }, ...more },
    })?.applications;

  it.each([
    ['payment-api', 'payment-api'],
    ['payment-api-${{ ctx.stage }}', 'payment-api-prod'],
    ['${{ctx.project}}-${{ vars.region }}', 'delivery-eu'],
    ['${{ vars.nested }}', 'x-eu'],
    ['${{ vars.circle }}', undefined],
    ['${{ vars.unknown }}', undefined],
    ['app-${{ ctx.stage + "x" }}', undefined],
  ])('finds the application %s', (name, expected) => {
    const vars = [
      { name: 'region', value: 'eu' },
      { name: 'nested', value: 'x-${{ vars.region }}' },
      { name: 'circle', value: '${{ vars.circle }}' },
    ];
    expect(applications([update([{ name }])], { vars })).toEqual(
      expected === undefined ? [] : [{ name: expected }],
    );
  });

  it('keeps no credentials, configuration or messages in full', () => {
    const reduced = [
      reduceKargoStage({
        metadata,
        spec: {
          promotionTemplate: {
            spec: {
              steps: [
                { uses: 'http', config: { headers: [{ value: 'CANARY' }] } },
                update([{ name: 'a', sources: [{ repoURL: 'CANARY' }] }]),
              ],
            },
          },
          vars: [{ name: 'token', value: 'CANARY' }],
        },
        status: { currentPromotion: { status: { state: 'CANARY' } } },
      }),
      reduceKargoWarehouse({
        metadata,
        spec: {
          subscriptions: [
            { git: { repoURL: 'https://u:CANARY@github.com/meridian/shop' } },
          ],
        },
      }),
      reduceKargoFreight({
        metadata,
        commits: [
          {
            repoURL: 'https://CANARY@github.com/meridian/shop',
            id: commit,
            message: 'Subject\n\nCANARY',
            author: 'CANARY',
          },
        ],
      }),
    ];
    expect(reduced).not.toContain(undefined);
    expect(JSON.stringify(reduced)).not.toContain('CANARY');
    expect(reduced[1]).toMatchObject({
      subscriptions: [
        { kind: 'git', address: 'https://github.com/meridian/shop' },
      ],
    });
  });
});
