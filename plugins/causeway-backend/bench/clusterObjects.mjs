// Kubernetes objects as an API server lists them, the same for the same seed.

/** Numbers in [0, 1) by mulberry32: small, and the same on every machine. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const words = [
  'cart',
  'ledger',
  'search',
  'price',
  'stock',
  'mail',
  'auth',
  'order',
];
const servicesInNamespace = 20;

/** What the objects are made of, for whoever reads the numbers. */
export const mix =
  'in 4 clusters, 20 services a namespace, each a Deployment (managedFields, 8 variables), Service, HPA, PDB and HTTPRoute or Ingress';

export const clusters = ['prod-eu', 'prod-us', 'staging-eu', 'staging-us'];

/** The lists that are read of a cluster, by name of their kind. */
export const kinds = [
  'namespaces',
  'deployments.apps',
  'services',
  'horizontalpodautoscalers.autoscaling',
  'poddisruptionbudgets.policy',
  'httproutes.gateway.networking.k8s.io',
  'ingresses.networking.k8s.io',
];

function fieldsOf(name) {
  const container = {
    '.': {},
    'f:env': {
      '.': {},
      'k:{"name":"LEDGER_URL"}': { '.': {}, 'f:name': {}, 'f:value': {} },
      'k:{"name":"LOG_LEVEL"}': { '.': {}, 'f:name': {}, 'f:value': {} },
    },
    'f:image': {},
    'f:imagePullPolicy': {},
    'f:livenessProbe': {
      '.': {},
      'f:httpGet': { '.': {}, 'f:path': {}, 'f:port': {}, 'f:scheme': {} },
      'f:periodSeconds': {},
      'f:timeoutSeconds': {},
    },
    'f:name': {},
    'f:ports': {
      '.': {},
      'k:{"containerPort":8080,"protocol":"TCP"}': {
        '.': {},
        'f:containerPort': {},
        'f:name': {},
        'f:protocol': {},
      },
    },
    'f:resources': {
      '.': {},
      'f:limits': { '.': {}, 'f:cpu': {}, 'f:memory': {} },
      'f:requests': { '.': {}, 'f:cpu': {}, 'f:memory': {} },
    },
  };
  return [
    {
      manager: 'argocd-controller',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': {
          'f:annotations': { 'f:argocd.argoproj.io/tracking-id': {} },
          'f:labels': {
            'f:app.kubernetes.io/name': {},
            'f:app.kubernetes.io/part-of': {},
          },
        },
        'f:spec': {
          'f:selector': {},
          'f:strategy': { 'f:type': {} },
          'f:template': {
            'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/name': {} } },
            'f:spec': {
              'f:containers': { [`k:{"name":"${name}"}`]: container },
              'f:serviceAccountName': {},
            },
          },
        },
      },
    },
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      apiVersion: 'apps/v1',
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      subresource: 'status',
      fieldsV1: {
        'f:status': {
          'f:availableReplicas': {},
          'f:conditions': { '.': {}, 'k:{"type":"Available"}': {} },
          'f:observedGeneration': {},
          'f:readyReplicas': {},
        },
      },
    },
  ];
}

function deployment(meta, { name, namespace, labels, peers, next }) {
  const replicas = 2 + Math.floor(next() * 4);
  const ready = next() < 0.97 ? replicas : replicas - 1;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...meta,
      generation: 3,
      annotations: {
        'argocd.argoproj.io/tracking-id': `${name}:apps/Deployment:${namespace}/${name}`,
        'deployment.kubernetes.io/revision': '7',
      },
      managedFields: fieldsOf(name),
    },
    spec: {
      replicas,
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name,
              image: `ghcr.io/meridian/${name}:1.${Math.floor(next() * 40)}.0`,
              imagePullPolicy: 'IfNotPresent',
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              env: [
                { name: 'LEDGER_URL', value: `http://${peers[0]}:8080/v1` },
                {
                  name: 'SEARCH_URL',
                  value: `http://${peers[1]}.${namespace}.svc.cluster.local`,
                },
                { name: 'LOG_LEVEL', value: 'info' },
                { name: 'PORT', value: '8080' },
                { name: 'JAVA_OPTS', value: '-XX:MaxRAMPercentage=75.0' },
                { name: 'FEATURES', value: 'checkout,returns,gift-cards' },
                {
                  name: 'DB_PASSWORD',
                  valueFrom: { secretKeyRef: { name, key: 'password' } },
                },
                {
                  name: 'POD_IP',
                  valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
                },
              ],
              resources: {
                requests: { cpu: '250m', memory: '512Mi' },
                limits: { cpu: '1', memory: '512Mi' },
              },
              livenessProbe: {
                httpGet: { path: '/live', port: 'http', scheme: 'HTTP' },
                periodSeconds: 10,
                timeoutSeconds: 1,
              },
              readinessProbe: {
                httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' },
                periodSeconds: 5,
              },
              terminationMessagePath: '/dev/termination-log',
            },
          ],
          dnsPolicy: 'ClusterFirst',
          restartPolicy: 'Always',
        },
      },
    },
    status: {
      observedGeneration: 3,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: [
        {
          type: 'Available',
          status: 'True',
          lastTransitionTime: '2026-01-01T00:00:00Z',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        },
        {
          type: 'Progressing',
          status: 'True',
          lastTransitionTime: '2026-01-01T00:00:00Z',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${name}-7d4b9c6f5" has successfully progressed.`,
        },
      ],
    },
  };
}

function route(meta, { name, namespace, clusterName }) {
  const host = `${name}.${namespace}.${clusterName}.example.com`;
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: meta,
      spec: {
        hostnames: [host],
        parentRefs: [
          {
            group: 'gateway.networking.k8s.io',
            kind: 'Gateway',
            name: 'public',
            namespace: 'gateways',
          },
        ],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [
              { group: '', kind: 'Service', name, port: 80, weight: 1 },
            ],
          },
        ],
      },
      status: {
        parents: [
          {
            controllerName: 'example.com/gateway',
            conditions: [
              { type: 'Accepted', status: 'True', reason: 'Accepted' },
            ],
          },
        ],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: meta,
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [host], secretName: `${name}-tls` }],
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name, port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } },
    },
  ];
}

/** So many objects as lists by cluster and kind: `{ cluster, kind, objects }`. */
export function clusterObjects(count, seed = 1) {
  const next = random(seed);
  const lists = new Map(
    clusters.flatMap(cluster =>
      kinds.map(kind => [`${cluster} ${kind}`, { cluster, kind, objects: [] }]),
    ),
  );
  let made = 0;
  const add = (cluster, kind, object) => {
    if (made < count) {
      lists.get(`${cluster} ${kind}`).objects.push(object);
      made += 1;
    }
  };
  const meta = (cluster, kind, namespace, name, labels) => ({
    name,
    ...(namespace && { namespace }),
    uid: `${cluster}-${kind}-${namespace}-${name}`.slice(0, 64),
    resourceVersion: String(100_000 + made),
    creationTimestamp: `2025-${String(1 + Math.floor(next() * 12)).padStart(2, '0')}-01T00:00:00Z`,
    labels,
  });
  for (let place = 0; made < count; place += 1) {
    const namespace = `${words[place % words.length]}-${Math.floor(place / words.length)}`;
    for (const clusterName of clusters) {
      add(clusterName, 'namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          ...meta(clusterName, 'ns', '', namespace, {
            'kubernetes.io/metadata.name': namespace,
          }),
          annotations: { 'causeway.dev/owner': `team-${place % 40}` },
        },
        status: { phase: 'Active' },
      });
      for (let number = 0; number < servicesInNamespace; number += 1) {
        const nameOf = at => `${namespace}-${words[at % words.length]}-${at}`;
        const name = nameOf(number);
        const labels = {
          'app.kubernetes.io/name': name,
          'app.kubernetes.io/part-of': namespace,
        };
        const input = {
          name,
          namespace,
          clusterName,
          labels,
          peers: [
            nameOf((number + 1) % servicesInNamespace),
            nameOf((number + 7) % servicesInNamespace),
          ],
          next,
        };
        const own = kind => meta(clusterName, kind, namespace, name, labels);
        add(clusterName, 'deployments.apps', deployment(own('deploy'), input));
        add(clusterName, 'services', {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: own('svc'),
          spec: {
            type: 'ClusterIP',
            clusterIP: '10.0.0.7',
            selector: labels,
            ports: [
              { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
            ],
          },
          status: { loadBalancer: {} },
        });
        add(clusterName, 'horizontalpodautoscalers.autoscaling', {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: own('hpa'),
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
            minReplicas: 2,
            maxReplicas: 8,
            metrics: [
              {
                type: 'Resource',
                resource: {
                  name: 'cpu',
                  target: { type: 'Utilization', averageUtilization: 70 },
                },
              },
            ],
          },
          status: { currentReplicas: 3, desiredReplicas: 3 },
        });
        add(clusterName, 'poddisruptionbudgets.policy', {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: own('pdb'),
          spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
          status: { currentHealthy: 3, desiredHealthy: 2 },
        });
        const [httpRoute, ingress] = route(own('route'), input);
        if (number % 2) {
          add(clusterName, 'httproutes.gateway.networking.k8s.io', httpRoute);
        } else {
          add(clusterName, 'ingresses.networking.k8s.io', ingress);
        }
      }
    }
  }
  return [...lists.values()];
}
