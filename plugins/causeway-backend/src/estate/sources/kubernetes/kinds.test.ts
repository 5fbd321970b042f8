import fc from 'fast-check';
import { prepareObservation } from '../../observations/prepareObservation';
import { kindName, kubernetesKinds } from './kinds';
import { ItemReader } from './readItem';

const deployments = kubernetesKinds.find(
  kind => kind.resource === 'deployments',
)!;

/** JSON with the fields that reducers look at, of any type. */
const object = fc.letrec<{ node: unknown }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 7, '', 'text', '\ud800', '\u0000', 1e300),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'metadata',
        'name',
        'namespace',
        'spec',
        'status',
        'template',
        'containers',
        'env',
        'image',
        'labels',
        'managedFields',
        'manager',
        'operation',
        'fieldsV1',
        'f:spec',
        'k:{"name":1}',
        'rules',
        'ports',
        'port',
        'steps',
        'config',
        'apps',
        'strategy',
        'canary',
        'conditions',
        'freightHistory',
        'items',
        'images',
        'commits',
        'repoURL',
        'requestedFreight',
        'subscriptions',
        'generators',
        '__proto__',
      ),
      tie('node'),
      { maxKeys: 6 },
    ),
  ),
})).node;

describe.each(kubernetesKinds.map(kind => [kindName(kind), kind] as const))(
  'reducing %s',
  (_name, kind) => {
    it('never throws and always gives what can be stored', () => {
      fc.assert(
        fc.property(object, object, object, (metadata, spec, status) => {
          const reader = new ItemReader(kind, []);
          const stored = [
            { metadata: { name: 'a', namespace: 'b' }, spec, status },
            { metadata, spec, status },
            metadata,
          ]
            .map(value => reader.object(value))
            .flatMap(read => (read.type === 'item' ? [read.item] : []))
            .map(item => prepareObservation(item));
          expect(stored).not.toContain(undefined);
        }),
        { numRuns: 200 },
      );
    });
  },
);

describe('reducing a Deployment', () => {
  const full = {
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'u1',
      generation: 3,
      resourceVersion: '77',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: {
        app: 'web',
        'app.kubernetes.io/name': 'web',
        internal: 'CANARY',
      },
      annotations: {
        'causeway.dev/owner': 'shop',
        'kubectl.kubernetes.io/last-applied-configuration': 'CANARY',
      },
      ownerReferences: [
        { kind: 'Rollout', name: 'web', uid: 'u0', controller: true },
        { kind: 'Other', name: 'x', uid: 'u9' },
      ],
      managedFields: [
        {
          manager: 'argocd-controller',
          operation: 'Apply',
          time: '2026-01-01T00:00:00Z',
          fieldsV1: {
            'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
            'f:spec': {
              'f:replicas': {},
              'f:template': {
                'f:spec': {
                  'f:containers': {
                    'k:{"name":"web"}': {
                      '.': {},
                      'f:image': {},
                      'f:resources': { 'f:limits': { 'f:cpu': {} } },
                      'f:args': { 'v:"CANARY"': {} },
                    },
                  },
                },
              },
            },
          },
        },
        { manager: 'kubelet', operation: 'Update', subresource: 'status' },
      ],
    },
    spec: {
      replicas: 3,
      template: {
        metadata: { labels: { app: 'web', tier: 'front' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'ghcr.io/meridian/web:1',
              ports: [{ containerPort: 8080 }],
              env: [
                {
                  name: 'CART_URL',
                  value: 'http://CANARY:CANARY@cart:80/CANARY',
                },
                { name: 'PASSWORD', value: 'CANARY' },
                {
                  name: 'OTHER',
                  valueFrom: {
                    secretKeyRef: { name: 'web-login', key: 'CANARY' },
                  },
                },
              ],
              command: ['sh', '-c', 'echo CANARY'],
              livenessProbe: { exec: { command: ['CANARY'] } },
              readinessProbe: { httpGet: { path: '/CANARY' } },
              resources: {
                requests: { cpu: '250m', memory: '64Mi', 'gpu.CANARY': 1 },
                limits: { memory: '128Mi', cpu: 'CANARY' },
              },
            },
          ],
          volumes: [{ configMap: { name: 'CANARY' } }],
        },
      },
    },
    status: {
      observedGeneration: 2,
      readyReplicas: 2,
      updatedReplicas: 3,
      availableReplicas: 2,
      conditions: [
        {
          type: 'Available',
          status: 'True',
          reason: 'Enough',
          lastUpdateTime: 'x',
        },
      ],
    },
  };

  it('keeps the listed fields and nothing else', () => {
    const read = new ItemReader(deployments, []).object(full);
    expect(read).toEqual({
      type: 'item',
      item: {
        key: 'shop/web',
        kind: 'Workload',
        version: 'u1/77',
        data: {
          meta: {
            uid: 'u1',
            name: 'web',
            namespace: 'shop',
            createdAt: '2026-01-01T00:00:00Z',
            labels: { app: 'web', 'app.kubernetes.io/name': 'web' },
            annotations: { 'causeway.dev/owner': 'shop' },
            owners: [{ kind: 'Rollout', name: 'web', uid: 'u0' }],
            managers: [
              {
                manager: 'argocd-controller',
                operation: 'Apply',
                paths: [
                  'metadata.labels',
                  'spec.replicas',
                  'spec.template.spec.containers[web].image',
                  'spec.template.spec.containers[web].resources',
                  'spec.template.spec.containers[web].args',
                ],
              },
            ],
          },
          workloadKind: 'Deployment',
          replicas: { desired: 3, ready: 2, updated: 3, available: 2 },
          current: false,
          containers: [
            {
              name: 'web',
              image: 'ghcr.io/meridian/web:1',
              ports: [8080],
              probes: ['liveness', 'readiness'],
              requests: { cpu: 0.25, memory: 67_108_864 },
              limits: { memory: 134_217_728 },
            },
          ],
          podLabels: { app: 'web', tier: 'front' },
          references: [
            { host: 'cart', port: 80, where: 'container web, env CART_URL' },
          ],
          conditions: [
            {
              type: 'Available',
              status: 'True',
              reason: 'Enough',
              message: undefined,
            },
          ],
          secrets: ['web-login'],
          schedule: undefined,
          suspended: undefined,
        },
      },
    });
    expect(JSON.stringify(read)).not.toContain('CANARY');
  });

  it('says nothing new when only versions and times change', () => {
    const hash = (value: object) => {
      const read = new ItemReader(deployments, []).object(value);
      return read.type === 'item' ? prepareObservation(read.item)?.hash : '';
    };
    const later = JSON.parse(
      JSON.stringify(full)
        .replace('"77"', '"78"')
        .replace('"time":"2026', '"time":"2027')
        .replace('"lastUpdateTime":"x"', '"lastUpdateTime":"y"'),
    );
    expect(hash(later)).toBe(hash(full));
  });

  it('leaves out namespaces that are excluded', () => {
    const reader = new ItemReader(deployments, ['shop']);
    expect(reader.object(full)).toEqual({ type: 'excluded' });
  });
});
