import { createClusterState } from './ClusterState';
import { KubernetesObject, ObjectEvent } from './model';

const now = () => new Date('2026-11-21T08:20:11.500Z');

function deployment(
  name: string,
  options: { replicas?: number; image?: string } = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'guestbook',
      labels: { app: name, 'app.kubernetes.io/part-of': 'guestbook' },
    },
    spec: {
      replicas: options.replicas ?? 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'web',
              image: options.image ?? `ghcr.io/acme/${name}:1.0.0`,
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
            },
          ],
        },
      },
    },
  };
}

describe('createClusterState', () => {
  it('defaults a deployment and tells who owns which field, as a real server does', () => {
    const cluster = createClusterState({ name: 'staging', now });
    const stored = cluster.apply(deployment('web-0'), {
      manager: 'argocd-controller',
    });
    expect(stored).toMatchObject({
      metadata: {
        resourceVersion: '5',
        generation: 1,
        creationTimestamp: '2026-11-21T08:20:11Z',
        managedFields: [
          {
            manager: 'argocd-controller',
            operation: 'Update',
            apiVersion: 'apps/v1',
            time: '2026-11-21T08:20:11Z',
            fieldsType: 'FieldsV1',
          },
        ],
      },
      status: {},
    });
    expect(stored.spec).toEqual({
      replicas: 2,
      selector: { matchLabels: { app: 'web-0' } },
      template: {
        metadata: { creationTimestamp: null, labels: { app: 'web-0' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'ghcr.io/acme/web-0:1.0.0',
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              imagePullPolicy: 'IfNotPresent',
            },
          ],
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: {},
          schedulerName: 'default-scheduler',
        },
      },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    // Copied from a recorded answer of a Kubernetes 1.32 server.
    expect(stored.metadata.managedFields?.[0].fieldsV1).toEqual({
      'f:metadata': {
        'f:labels': {
          '.': {},
          'f:app': {},
          'f:app.kubernetes.io/part-of': {},
        },
      },
      'f:spec': {
        'f:progressDeadlineSeconds': {},
        'f:replicas': {},
        'f:revisionHistoryLimit': {},
        'f:selector': {},
        'f:strategy': {
          'f:rollingUpdate': {
            '.': {},
            'f:maxSurge': {},
            'f:maxUnavailable': {},
          },
          'f:type': {},
        },
        'f:template': {
          'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"web"}': {
                '.': {},
                'f:image': {},
                'f:imagePullPolicy': {},
                'f:name': {},
                'f:resources': {
                  '.': {},
                  'f:requests': { '.': {}, 'f:cpu': {}, 'f:memory': {} },
                },
                'f:terminationMessagePath': {},
                'f:terminationMessagePolicy': {},
              },
            },
            'f:dnsPolicy': {},
            'f:restartPolicy': {},
            'f:schedulerName': {},
            'f:securityContext': {},
            'f:terminationGracePeriodSeconds': {},
          },
        },
      },
    });
  });

  it('hands a field over to the manager that changes it, and bumps the generation for the spec alone', () => {
    const cluster = createClusterState({ name: 'staging', now });
    cluster.apply(deployment('web-0'), { manager: 'argocd-controller' });
    const scaled = cluster.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web-0', namespace: 'guestbook' },
        spec: { replicas: 5 },
      },
      { manager: 'kubectl-edit' },
    );
    expect(scaled.metadata.generation).toBe(2);
    const [argocd, edit] = scaled.metadata.managedFields!;
    expect(argocd.fieldsV1['f:spec']).not.toHaveProperty(['f:replicas']);
    expect(edit).toMatchObject({
      manager: 'kubectl-edit',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    });

    const labelled = cluster.apply(
      {
        ...deployment('web-0', { replicas: 5 }),
        metadata: {
          name: 'web-0',
          namespace: 'guestbook',
          labels: { tier: 'gold' },
        },
      },
      { manager: 'argocd-controller' },
    );
    expect(labelled.metadata.generation).toBe(2);
    const observed = cluster.updateStatus(
      'deployments.apps',
      'web-0',
      'guestbook',
      { replicas: 5 },
    );
    expect(observed.metadata.generation).toBe(2);
    expect(observed.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'kube-controller-manager',
        subresource: 'status',
        fieldsV1: { 'f:status': { 'f:replicas': {} } },
      }),
    );
  });

  it('owns exactly what was applied when the operation is Apply', () => {
    const cluster = createClusterState({ name: 'staging', now });
    const stored = cluster.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'guestbook-ui', namespace: 'guestbook' },
        spec: {
          replicas: 1,
          revisionHistoryLimit: 3,
          selector: { matchLabels: { app: 'guestbook-ui' } },
          template: {
            metadata: { labels: { app: 'guestbook-ui' } },
            spec: {
              containers: [
                {
                  name: 'guestbook-ui',
                  image: 'gcr.io/google-samples/gb-frontend:v5',
                  ports: [{ containerPort: 80 }],
                },
              ],
            },
          },
        },
      },
      { manager: 'argocd-controller', operation: 'Apply' },
    );
    // Copied from a recorded answer of a Kubernetes 1.32 server.
    expect(stored.metadata.managedFields?.[0].fieldsV1).toEqual({
      'f:spec': {
        'f:replicas': {},
        'f:revisionHistoryLimit': {},
        'f:selector': {},
        'f:template': {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"guestbook-ui"}': {
                '.': {},
                'f:image': {},
                'f:name': {},
                'f:ports': {
                  'k:{"containerPort":80,"protocol":"TCP"}': {
                    '.': {},
                    'f:containerPort': {},
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it('does nothing when nothing changes', () => {
    const cluster = createClusterState({ name: 'staging', now });
    const first = cluster.apply(deployment('web-0'), { manager: 'argocd' });
    const events: ObjectEvent[] = [];
    cluster.subscribe(event => events.push(event));
    expect(cluster.apply(deployment('web-0'), { manager: 'argocd' })).toBe(
      first,
    );
    expect(events).toEqual([]);
  });

  it('shows every listener the same order when a listener writes', () => {
    const cluster = createClusterState({ name: 'staging', now });
    const seen: number[] = [];
    cluster.subscribe(event => {
      if (event.type === 'ADDED' && event.object.kind === 'ConfigMap') {
        cluster.delete('configmaps', event.object.metadata.name, 'default');
      }
    });
    cluster.subscribe(event => seen.push(event.resourceVersion));
    cluster.apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', namespace: 'default' },
      },
      { manager: 'test' },
    );
    expect(seen).toEqual([5, 6]);
  });

  it('removes what an object owned, and a namespace with all in it', () => {
    const cluster = createClusterState({ name: 'staging', now });
    const owner = cluster.apply(deployment('web-0'), { manager: 'test' });
    cluster.apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'owned',
          namespace: 'guestbook',
          ownerReferences: [
            {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'web-0',
              uid: owner.metadata.uid as string,
            },
          ],
        },
      },
      { manager: 'test' },
    );
    expect(cluster.delete('deployments.apps', 'web-0', 'guestbook')).toBe(true);
    expect(cluster.list('configmaps')).toEqual([]);
    expect(cluster.delete('deployments.apps', 'web-0', 'guestbook')).toBe(
      false,
    );

    cluster.apply(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'guestbook' },
      },
      { manager: 'test' },
    );
    cluster.apply(deployment('web-1'), { manager: 'test' });
    cluster.delete('namespaces', 'guestbook');
    expect(cluster.list('deployments.apps')).toEqual([]);
  });

  it('names the type that is not installed', () => {
    const cluster = createClusterState({ name: 'staging', now });
    expect(() =>
      cluster.apply(
        {
          apiVersion: 'example.org/v1',
          kind: 'Widget',
          metadata: { name: 'a', namespace: 'default' },
        },
        { manager: 'test' },
      ),
    ).toThrow(
      'cluster staging has no type for example.org/v1 Widget: install it with installType',
    );
  });
});
