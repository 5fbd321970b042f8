import { createHash } from 'node:crypto';
import {
  componentEntityV1alpha1Validator,
  entityEnvelopeSchemaValidator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  FieldFormatEntityPolicy,
  parseLocationRef,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import {
  config,
  smallEstate,
  strangeLocation,
  trustedClaim,
} from '../__testUtils__/estates';
import {
  argoProject,
  application,
  claim,
  namespace,
  service,
  team,
  workload,
} from '../__testUtils__/observations';
import type { Observation, ObservedWorkload } from '../observations/model';
import { project } from './project';

const run = (observations: Observation[]) => project(observations, config);
const entityOf = (observations: Observation[], ref: string) =>
  run(observations).entities.find(entity => entity.ref === ref)?.entity;
const edgesOf = (observations: Observation[]) =>
  run(observations).edges.map(({ from, type, to }) =>
    `${from} ${type} ${to}`.replaceAll(':default/', ':'),
  );

describe('project', () => {
  it('infers every relation of a small estate, and nothing else', () => {
    const perCluster = (name: string) => {
      const at = (rest: string) => `resource:${name}.${rest}`;
      return [
        `${at('payments')} partOf resource:${name}`,
        `${at('shop')} partOf resource:${name}`,
        `${at('payments.deployment.payment-api')} partOf component:payment-api`,
        `${at('payments.deployment.payment-api')} runsOn ${at('payments')}`,
        `${at('payments.deployment.payment-api')} dependsOn ${at('payments.statefulset.payments-db')}`,
        `${at('payments.statefulset.payments-db')} runsOn ${at('payments')}`,
        `${at('shop.deployment.checkout')} partOf component:checkout`,
        `${at('shop.deployment.checkout')} runsOn ${at('shop')}`,
        ...['payment-api', 'checkout'].flatMap(own => [
          `resource:argocd.argocd.application.${own}-${name} partOf resource:argocd.argocd.project.${own === 'checkout' ? 'storefront' : 'payments'}`,
          `resource:argocd.argocd.application.${own}-${name} sourcedFrom resource:github.meridian.deployments`,
          `resource:argocd.argocd.application.${own}-${name} deploys ${at(own === 'checkout' ? 'shop.deployment.checkout' : 'payments.deployment.payment-api')}`,
        ]),
        `resource:argocd.argocd.application.payment-api-${name} deploys ${at('payments.statefulset.payments-db')}`,
      ];
    };
    const expected = [
      ...perCluster('staging'),
      ...perCluster('production-eu'),
      'component:checkout dependsOn component:payment-api',
      'component:checkout sourcedFrom resource:github.meridian.shop',
      'component:payment-api sourcedFrom resource:github.meridian.payment-api',
      'resource:production-eu.shop.gateway.public exposes resource:production-eu.shop.httproute.checkout',
      'resource:production-eu.shop.gateway.public runsOn resource:production-eu.shop',
      'resource:production-eu.shop.httproute.checkout exposes resource:production-eu.payments.deployment.payment-api',
      'resource:production-eu.shop.httproute.checkout exposes resource:production-eu.shop.deployment.checkout',
      'resource:production-eu.shop.httproute.checkout runsOn resource:production-eu.shop',
      'resource:staging.shop.ingress.checkout exposes resource:staging.shop.deployment.checkout',
      'resource:staging.shop.ingress.checkout runsOn resource:staging.shop',
    ];
    expect(edgesOf(smallEstate()).sort()).toEqual(expected.sort());
  });

  it('says of every edge which rule saw what, and how sure it is', () => {
    const { edges } = run(smallEstate());
    for (const edge of edges) {
      expect(edge.rule).toMatch(/^[a-z-]+$/);
      expect(edge.evidence.length).toBeGreaterThan(5);
      expect(['certain', 'likely']).toContain(edge.confidence);
      expect(edge.partition).toMatch(/\//);
    }
    expect(
      edges.find(
        ({ from, type }) =>
          from === 'component:default/checkout' && type === 'dependsOn',
      ),
    ).toMatchObject({
      rule: 'service-dns-name',
      confidence: 'likely',
      evidence: expect.stringContaining(
        'container checkout, env URL: payment-api.payments.svc.cluster.local',
      ),
    });
  });

  it('makes entities that the catalog takes', async () => {
    const { entities } = run([...smallEstate(), trustedClaim]);
    const fields = new FieldFormatEntityPolicy();
    const schema = new SchemaValidEntityPolicy();
    const envelope = entityEnvelopeSchemaValidator();
    const kinds: Record<string, { check(e: unknown): Promise<boolean> }> = {
      Component: componentEntityV1alpha1Validator,
      Group: groupEntityV1alpha1Validator,
      Resource: resourceEntityV1alpha1Validator,
      User: userEntityV1alpha1Validator,
    };
    for (const { entity, ref } of entities) {
      expect(envelope(entity)).toBeTruthy();
      await fields.enforce(entity);
      await schema.enforce(entity);
      await expect(kinds[entity.kind].check(entity)).resolves.toBe(true);
      expect(
        `${entity.kind}:default/${entity.metadata.name}`.toLowerCase(),
      ).toBe(ref);
      const annotations = entity.metadata.annotations!;
      expect(
        parseLocationRef(annotations['backstage.io/managed-by-location']),
      ).toEqual({
        type: 'causeway',
        target: annotations['causeway.dev/partition'],
      });
      // THREATS H14: nothing that another plugin follows with credentials.
      expect(
        Object.keys(annotations).filter(
          key =>
            !/^(causeway\.dev\/(source|partition|environment|successor)|backstage\.io\/managed-by-(origin-)?location|github\.com\/(project-slug|team-slug|user-login))$/.test(
              key,
            ),
        ),
      ).toEqual([]);
    }
  });

  it('describes a workload in its catalog form without anything volatile', () => {
    const ref =
      'resource:default/production-eu.payments.deployment.payment-api';
    const entity = entityOf(smallEstate(), ref);
    expect(entity).toMatchObject({
      metadata: {
        title: 'payment-api (production-eu)',
        annotations: { 'causeway.dev/environment': 'production' },
        links: [
          { url: 'https://look.example/production-eu/payments/payment-api' },
        ],
      },
      spec: {
        type: 'kubernetes-workload',
        owner: 'group:default/payments',
        causeway: {
          environment: 'production',
          cluster: 'production-eu',
          namespace: 'payments',
          origins: {
            owner: { origin: 'platform', rule: 'argocd-project' },
            environment: { origin: 'platform', rule: 'cluster-map' },
          },
          details: { kind: 'Deployment', version: '2.14.3' },
        },
      },
    });
    const scaled = smallEstate().map(observation =>
      observation.kind === 'Workload'
        ? {
            ...observation,
            data: {
              ...observation.data,
              replicas: { desired: 9, ready: 1, updated: 9, available: 1 },
            },
          }
        : observation,
    ) as Observation[];
    expect(entityOf(scaled, ref)).toEqual(entity);
  });

  it('keeps health, replicas, sync and deliveries beside the entity', () => {
    const { contexts } = run(smallEstate());
    const of = (ref: string) =>
      contexts.find(context => context.ref === `resource:default/${ref}`);
    expect(of('production-eu.payments.deployment.payment-api')).toMatchObject({
      instance: {
        version: '2.14.3',
        replicas: { desired: 2, ready: 2, min: 2, max: 9 },
        health: 'healthy',
        sync: 'synced',
        applicationRef:
          'resource:default/argocd.argocd.application.payment-api-production-eu',
      },
    });
    expect(
      of('argocd.argocd.application.payment-api-production-eu')?.deliveries,
    ).toEqual([
      expect.objectContaining({
        revision: 'a'.repeat(40),
        revisionUrl: `https://github.com/meridian/deployments/commit/${'a'.repeat(40)}`,
        current: true,
        environment: 'production',
        initiatedBy: 'ada-okafor',
      }),
      expect.objectContaining({ revision: 'b'.repeat(40), current: false }),
    ]);
  });

  it('takes a service for what is known of its parts, a CronJob among them', () => {
    const healthWith = (
      data: Partial<ObservedWorkload>,
      argocdStatus = 'Unknown',
    ) => {
      const reported = application('argocd', 'cart', {
        project: 'storefront',
        destination: 'staging',
        namespace: 'shop',
        resources: [['CronJob', 'cart']],
      });
      reported.data.resources[0].health = argocdStatus;
      const { contexts } = run([
        namespace('staging', 'shop'),
        reported,
        workload('staging', 'shop', 'cart'),
        workload('staging', 'shop', 'cart', {
          kind: 'CronJob',
          data: { replicas: undefined, schedule: '0 3 * * *', ...data },
        }),
      ]);
      return Object.fromEntries(
        contexts
          .filter(({ health }) => health)
          .map(({ ref, health }) => [ref.split(/[.:/]/).at(-2), health]),
      );
    };
    expect(healthWith({})).toMatchObject({
      cronjob: 'healthy',
      default: 'healthy',
    });
    expect(healthWith({ suspended: true })).toMatchObject({
      cronjob: 'suspended',
      default: 'suspended',
    });
    expect(healthWith({}, 'Degraded')).toMatchObject({
      cronjob: 'degraded',
      default: 'degraded',
    });
    expect(healthWith({ workloadKind: 'StatefulSet' })).toMatchObject({
      statefulset: 'unknown',
      default: 'healthy',
    });
  });

  it('knows a service by its path in Git in every environment', () => {
    const ref = 'component:default/payment-api';
    expect(entityOf(smallEstate(), ref)).toMatchObject({
      metadata: { description: 'Takes payments', tags: ['pci'] },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/payments',
      },
    });
    expect(
      run(smallEstate()).contexts.find(context => context.ref === ref),
    ).toMatchObject({
      instanceRefs: [
        'resource:default/production-eu.payments.deployment.payment-api',
        'resource:default/staging.payments.deployment.payment-api',
      ],
    });
  });

  it('falls from an umbrella application through to labels and names', () => {
    const labelled = (name: string) =>
      workload('staging', 'tools', name, {
        labels: { 'app.kubernetes.io/name': name },
      });
    const { entities } = run([
      labelled('one'),
      labelled('two'),
      workload('staging', 'tools-staging', 'bare'),
      workload('production-eu', 'tools', 'bare'),
      application('argocd', 'tools-staging', {
        project: 'default',
        destination: 'staging',
        namespace: 'tools',
        path: 'apps/tools/staging',
        resources: [
          ['Deployment', 'one'],
          ['Deployment', 'two'],
        ],
      }),
    ]);
    expect(
      entities
        .filter(({ type }) => type === 'service')
        .map(({ entity }) => [
          entity.metadata.name,
          (entity.spec as any).causeway.origins.identity.rule,
        ]),
    ).toEqual([
      ['bare', 'workload-name'],
      ['one', 'labels'],
      ['two', 'labels'],
    ]);
  });

  it('leaves the plain name to the oldest service and tells the collision', () => {
    const { entities, problems } = run([
      workload('staging', 'scratch', 'api', {
        createdAt: '2025-09-01T00:00:00Z',
      }),
      workload('staging', 'partners', 'api', {
        createdAt: '2025-03-01T00:00:00Z',
      }),
    ]);
    const hash = createHash('sha256').update('scratch\0api').digest('hex');
    const hashed = `component:default/api-${hash.slice(0, 8)}`;
    const services = entities.filter(({ type }) => type === 'service');
    expect(services.map(({ ref }) => ref)).toEqual([
      'component:default/api',
      hashed,
    ]);
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'collision',
        entityRef: hashed,
      }),
    );
  });

  it('shortens what the catalog cannot take, each to its own name', () => {
    const long = 'x'.repeat(60);
    const { entities, problems } = run([
      namespace('staging', long),
      workload('staging', long, `${long}-a`),
      workload('staging', long, `${long}-b`),
      // Dots in a part but the last would make different parts look alike.
      workload('staging', 'a', 'b.c'),
    ]);
    const names = entities.map(({ entity }) => entity.metadata.name);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map(name => name.length))).toBeLessThanOrEqual(63);
    expect(names).toContain('staging.a.deployment.b.c');
    expect(
      problems.filter(({ kind }) => kind === 'shortened'),
    ).not.toHaveLength(0);
  });

  it('understands every way to write a host, and only real ones', () => {
    const from = (host: string) =>
      edgesOf([
        workload('staging', 'shop', 'web', { references: [host] }),
        workload('staging', 'shop', 'cart'),
        service('staging', 'shop', 'cart'),
        workload('staging', 'pay', 'cart'),
        service('staging', 'pay', 'cart'),
        service('staging', 'shop', 'outside', { app: 'cart' }, 'ExternalName'),
        service('staging', 'shop', 'own', {}),
      ]).filter(edge => edge.includes('dependsOn'));
    const local = 'component:web dependsOn component:cart';
    for (const host of [
      'cart.shop',
      'cart.shop.svc',
      'cart.shop.svc.cluster.local',
      'CART.shop.svc.cluster.local.',
      'cart',
    ]) {
      expect([host, from(host).length]).toEqual([host, 1]);
    }
    expect(from('cart')).not.toEqual(from('cart.pay'));
    expect([...from('cart'), ...from('cart.pay')]).toContain(local);
    for (const host of [
      'web',
      'cart.nowhere.svc',
      'cart.shop.svc.example.com',
      'outside',
      'own',
      'svc',
      'api.stripe.com',
      '',
    ]) {
      expect([host, from(host)]).toEqual([host, []]);
    }
  });

  it('tells what points nowhere instead of dropping it silently', () => {
    const { problems } = run([
      workload('staging', 'hidden', 'job'),
      application('argocd', 'lost', {
        project: 'default',
        destination: 'atlantis',
        namespace: 'hidden',
      }),
    ]);
    expect(problems.map(({ id, kind }) => [id, kind])).toEqual([
      ['destination:atlantis of argocd', 'unrepresented'],
      ['namespace:hidden on staging', 'unrepresented'],
      ['unowned', 'unowned'],
    ]);
  });

  it('writes hidden characters out and bounds what tenants write', () => {
    const { entities } = run([
      ...smallEstate(),
      workload('staging', 'shop', 'odd', {
        image: `ghcr.io/meridian/odd:v1\u202egnp.exe\u0007${'z'.repeat(9000)}`,
      }),
    ]);
    const text = JSON.stringify(entities);
    expect(text).not.toContain('\u202e');
    expect(text).not.toContain('\u0007');
    expect(text).toContain('\\\\u{202e}');
    expect(text).not.toContain('z'.repeat(400));
  });

  it('marks a deprecated service and names its successor', () => {
    const deprecated = workload('staging', 'payments', 'card-processor', {
      annotations: {
        'causeway.dev/lifecycle': 'deprecated',
        'causeway.dev/successor': 'payment-api',
      },
    });
    const entity = entityOf(
      [...smallEstate(), deprecated],
      'component:default/card-processor',
    );
    expect(entity).toMatchObject({
      metadata: {
        annotations: {
          'causeway.dev/successor': 'component:default/payment-api',
        },
      },
      spec: { lifecycle: 'deprecated' },
    });
  });

  it('ignores projects of an Argo CD that the configuration does not trust', () => {
    const untrusted = {
      ...config,
      argocd: {
        argocd: { ...config.argocd.argocd, projectsAreTrusted: false },
      },
    };
    const { entities } = project(smallEstate(), untrusted);
    const owners = entities.map(
      ({ entity }) => (entity.spec as any).causeway.origins?.owner?.origin,
    );
    expect(owners).not.toContain('platform');
    expect(owners).toContain('live');
  });

  it('lets no two trusted projects decide an owner against each other', () => {
    const { entities, problems } = run([
      ...smallEstate(),
      application('argocd', 'grab', {
        project: 'storefront',
        destination: 'staging',
        namespace: 'payments',
        path: 'apps/grab',
        resources: [['Deployment', 'payment-api']],
      }),
    ]);
    const ref = 'resource:default/staging.payments.deployment.payment-api';
    const owner = (
      entities.find(entity => entity.ref === ref)!.entity.spec as any
    ).causeway.origins.owner;
    expect(owner.origin).not.toBe('platform');
    expect(problems).toContainEqual(
      expect.objectContaining({ kind: 'contested', entityRef: ref }),
    );
  });

  it('reads the owner of a project from its annotation before its name', () => {
    const { entities } = run([
      ...smallEstate(),
      team('platform'),
      argoProject('argocd', 'legacy', { 'causeway.dev/owner': 'platform' }),
    ]);
    expect(
      entities.find(({ ref }) => ref.endsWith('project.legacy'))!.entity.spec,
    ).toMatchObject({ owner: 'group:default/platform' });
  });

  it('takes organizations as Groups with parents and Users with all their teams', () => {
    const all = smallEstate();
    expect(entityOf(all, 'group:default/payments')?.spec).toMatchObject({
      type: 'team',
      parent: 'group:default/engineering',
      children: [],
    });
    expect(entityOf(all, 'user:default/ada')?.spec).toMatchObject({
      memberOf: ['group:default/payments', 'group:default/storefront'],
    });
  });
});

describe('claims', () => {
  const workloads = [
    'resource:staging.payments.deployment.payment-api',
    'resource:production-eu.payments.deployment.payment-api',
  ];

  it('gives a service to the trusted hand-written Component that claims it', () => {
    const observations = [...smallEstate(), trustedClaim];
    const { entities, contexts } = run(observations);
    expect(entities.map(({ ref }) => ref)).not.toContain(
      'component:default/payment-api',
    );
    const edges = edgesOf(observations);
    for (const ref of workloads) {
      expect(edges).toContain(`${ref} partOf component:payments`);
    }
    expect(edges).toContain('component:checkout dependsOn component:payments');
    expect(edges).toContain(
      'component:payments sourcedFrom resource:github.meridian.payment-api',
    );
    expect(
      contexts.find(({ ref }) => ref === 'component:default/payments'),
    ).toMatchObject({
      kind: 'enriched',
      instanceRefs: [...workloads]
        .reverse()
        .map(ref => ref.replace(':', ':default/')),
    });
  });

  it('takes its own name as a claim, and every annotation', () => {
    const claims = [
      claim('component:default/payment-api', trustedClaim.data.location),
      claim('component:default/by-label', trustedClaim.data.location, {
        annotations: { kubernetesId: 'payment-api' },
      }),
      claim('component:default/by-app', trustedClaim.data.location, {
        annotations: { argocdAppName: 'payment-api-staging' },
      }),
    ];
    for (const one of claims) {
      const edges = edgesOf([...smallEstate(), one]);
      const ref = one.data.entityRef.replace(':default/', ':');
      expect(edges).toContain(`${workloads[0]} partOf ${ref}`);
      expect(edges).toContain(`${workloads[1]} partOf ${ref}`);
    }
  });

  it('leaves everything as it was when the claim goes', () => {
    const before = run(smallEstate());
    run([...smallEstate(), trustedClaim]);
    expect(run(smallEstate())).toEqual(before);
  });

  it('contests a claim from a strange place and changes nothing else', () => {
    const before = run(smallEstate());
    const after = run([
      ...smallEstate(),
      claim('component:default/evil', strangeLocation, {
        owner: 'group:default/storefront',
        annotations: {
          githubSlug: 'meridian/payment-api',
          kubernetesId: 'payment-api',
          argocdAppName: 'payment-api-production-eu',
        },
      }),
    ]);
    expect(after.entities).toEqual(before.entities);
    expect(after.edges).toEqual(before.edges);
    expect(after.problems).toContainEqual(
      expect.objectContaining({
        kind: 'contested',
        entityRef: 'component:default/evil',
      }),
    );
    // Told of the service as well, once a service, however often it is claimed.
    const claimed = 'component:default/payment-api';
    expect(
      after.problems.filter(({ entityRef }) => entityRef === claimed),
    ).toEqual([
      expect.objectContaining({
        kind: 'contested',
        title: `component:default/evil lays claim to ${claimed}`,
      }),
    ]);
  });

  it('walks away from a name that a strange Component took', () => {
    const observations = [
      ...smallEstate(),
      claim('component:default/payment-api', strangeLocation, {
        owner: 'group:default/storefront',
      }),
    ];
    const edges = edgesOf(observations);
    expect(
      edges.filter(edge => edge.endsWith('component:payment-api')),
    ).toEqual([]);
    const { entities, problems } = run(observations);
    const own = entities.find(
      ({ ref, type }) =>
        type === 'service' && ref.startsWith('component:default/payment-api-'),
    )!;
    expect(own.entity.spec).toMatchObject({ owner: 'group:default/payments' });
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'contested',
        entityRef: 'component:default/payment-api',
      }),
    );
  });

  it.each([
    'url:https://github.com/meridian/../mallory/x/blob/main/catalog-info.yaml',
    'url:https://github.com/meridian/%2e%2e/mallory/x/blob/main/catalog-info.yaml',
    'url:https://github.com/meridian\\..\\mallory/catalog-info.yaml',
    'url:https://github.com.evil.example/meridian/a.yaml',
  ])('does not trust %s', location => {
    const { problems } = run([
      ...smallEstate(),
      { ...trustedClaim, data: { ...trustedClaim.data, location } },
    ]);
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'contested',
        entityRef: trustedClaim.data.entityRef,
      }),
    );
  });

  it('does not trust a page only because a trusted place refers to it', () => {
    const { problems } = run([
      ...smallEstate(),
      {
        ...trustedClaim,
        data: {
          ...trustedClaim.data,
          location: strangeLocation,
          originLocation: trustedClaim.data.location,
        },
      },
    ]);
    expect(
      problems
        .filter(({ kind }) => kind === 'contested')
        .map(({ entityRef }) => entityRef),
    ).toEqual(['component:default/payment-api', 'component:default/payments']);
  });

  it('lets a label lead into a claim only where no owner speaks against it', () => {
    const observations = [
      ...smallEstate(),
      claim('component:default/payment-api', trustedClaim.data.location, {
        owner: 'group:default/payments',
        annotations: { kubernetesId: 'payment-api' },
      }),
      workload('staging', 'evil', 'mine', {
        labels: { 'backstage.io/kubernetes-id': 'payment-api' },
      }),
    ];
    const edges = edgesOf(observations);
    expect(edges).toContain(
      'resource:staging.evil.deployment.mine partOf component:mine',
    );
    expect(edges).toContain(`${workloads[0]} partOf component:payment-api`);
  });

  it('lets an annotation join a service of the same owner only', () => {
    const helper = (ns: string, name: string) =>
      workload('staging', ns, name, {
        annotations: { 'causeway.dev/component': 'payment-api' },
      });
    const observations = [
      ...smallEstate(),
      helper('evil', 'mine'),
      helper('payments', 'worker'),
      application('argocd', 'worker', {
        project: 'payments',
        destination: 'staging',
        namespace: 'payments',
        path: 'apps/worker',
        resources: [['Deployment', 'worker']],
      }),
    ];
    const edges = edgesOf(observations);
    expect(edges).toContain(
      'resource:staging.payments.deployment.worker partOf component:payment-api',
    );
    expect(edges).toContain(
      'resource:staging.evil.deployment.mine partOf component:mine',
    );
    expect(run(observations).problems).toContainEqual(
      expect.objectContaining({
        kind: 'contested',
        entityRef: 'resource:default/staging.evil.deployment.mine',
      }),
    );
  });
});
