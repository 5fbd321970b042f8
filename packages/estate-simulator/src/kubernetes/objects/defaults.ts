import { KubernetesObject, ResourceType } from '../model';
import { asList, asObject, isObject, JsonObject } from './json';

function setDefaults(target: JsonObject, defaults: JsonObject) {
  for (const [field, value] of Object.entries(defaults)) {
    if (target[field] === undefined || target[field] === null) {
      target[field] = structuredClone(value);
    }
  }
}

function objectField(target: JsonObject, field: string): JsonObject {
  if (!isObject(target[field])) target[field] = {};
  return target[field] as JsonObject;
}

function pullPolicyOf(image: unknown): string {
  const text = String(image ?? '');
  const tag = text.includes('@')
    ? 'digest'
    : text.slice(text.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultPodSpec(spec: JsonObject, restartPolicy?: string) {
  for (const list of ['initContainers', 'containers']) {
    for (const container of asList(spec[list]).filter(isObject)) {
      for (const port of asList(container.ports).filter(isObject)) {
        setDefaults(port, { protocol: 'TCP' });
      }
      for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        if (isObject(container[probe])) {
          setDefaults(container[probe], {
            timeoutSeconds: 1,
            periodSeconds: 10,
            successThreshold: 1,
            failureThreshold: 3,
          });
        }
      }
      setDefaults(container, {
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: pullPolicyOf(container.image),
      });
    }
  }
  setDefaults(spec, {
    restartPolicy: restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
}

/** The API server leaves out maps that nothing is in, so that a label or annotation that goes leaves no trace. */
function withoutEmptyMaps(metadata: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(metadata).filter(
      ([field, value]) =>
        !['labels', 'annotations'].includes(field) ||
        !isObject(value) ||
        Object.keys(value).length > 0,
    ),
  );
}

function defaultTemplate(owner: JsonObject) {
  const template = objectField(owner, 'template');
  const metadata = objectField(template, 'metadata');
  template.metadata = {
    creationTimestamp: null,
    ...withoutEmptyMaps(metadata),
  };
  defaultPodSpec(objectField(template, 'spec'));
}

const rollingUpdate = { maxUnavailable: '25%', maxSurge: '25%' };

const byKind: Record<string, (spec: JsonObject) => void> = {
  Deployment: spec => {
    setDefaults(spec, { replicas: 1 });
    defaultTemplate(spec);
    setDefaults(spec, { strategy: {} });
    const strategy = objectField(spec, 'strategy');
    setDefaults(strategy, { type: 'RollingUpdate' });
    if (strategy.type === 'RollingUpdate') {
      setDefaults(objectField(strategy, 'rollingUpdate'), rollingUpdate);
    }
    setDefaults(spec, {
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
  },
  ReplicaSet: spec => {
    setDefaults(spec, { replicas: 1 });
    defaultTemplate(spec);
  },
  StatefulSet: spec => {
    setDefaults(spec, { replicas: 1 });
    defaultTemplate(spec);
    setDefaults(spec, {
      podManagementPolicy: 'OrderedReady',
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      },
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
      },
    });
  },
  DaemonSet: spec => {
    defaultTemplate(spec);
    setDefaults(spec, {
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
      },
      revisionHistoryLimit: 10,
    });
  },
  Job: spec => {
    setDefaults(spec, { parallelism: 1, completions: 1, backoffLimit: 6 });
    defaultTemplate(spec);
  },
  CronJob: spec => {
    const jobSpec = objectField(objectField(spec, 'jobTemplate'), 'spec');
    const podSpec = objectField(objectField(jobSpec, 'template'), 'spec');
    setDefaults(podSpec, { restartPolicy: 'OnFailure' });
    defaultTemplate(jobSpec);
    setDefaults(spec, {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
  },
  Pod: spec => {
    defaultPodSpec(spec);
    setDefaults(spec, {
      serviceAccountName: 'default',
      serviceAccount: 'default',
      enableServiceLinks: true,
    });
  },
  Service: spec => {
    for (const port of asList(spec.ports).filter(isObject)) {
      setDefaults(port, { protocol: 'TCP', targetPort: port.port });
    }
    setDefaults(spec, {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
    });
  },
  HorizontalPodAutoscaler: spec => {
    setDefaults(spec, { minReplicas: 1 });
  },
};

const initialStatus: Record<string, JsonObject> = {
  Namespace: { phase: 'Active' },
  Pod: { phase: 'Pending', qosClass: 'BestEffort' },
  Service: { loadBalancer: {} },
  Ingress: { loadBalancer: {} },
};

/** Fills in what the API server fills in for the compiled types. Changes the object. */
export function applyDefaults(type: ResourceType, object: KubernetesObject) {
  const fill = type.group.includes('.') ? undefined : byKind[type.kind];
  if (fill) {
    object.spec = asObject(object.spec);
    fill(object.spec as JsonObject);
  }
  if (type.kind === 'Namespace' && type.group === '') {
    object.metadata.labels = {
      'kubernetes.io/metadata.name': object.metadata.name,
      ...object.metadata.labels,
    };
    setDefaults(object, { spec: { finalizers: ['kubernetes'] } });
  }
  if (type.kind === 'Secret' && type.group === '') {
    setDefaults(object, { type: 'Opaque' });
  }
}

/** The status that a new object of a compiled type starts with. */
export function statusAtCreation(type: ResourceType): JsonObject {
  return structuredClone(initialStatus[type.kind] ?? {});
}

const addressFields = [
  'clusterIP',
  'clusterIPs',
  'ipFamilies',
  'ipFamilyPolicy',
];

/** Allocates the addresses that a Service gets once, and keeps them from then on. */
export function allocateServiceAddress(
  object: KubernetesObject,
  live: KubernetesObject | undefined,
  number: number,
) {
  const spec = asObject(object.spec);
  if (spec.type === 'ExternalName') return;
  for (const field of addressFields) {
    if (!spec[field]) spec[field] = asObject(live?.spec)[field];
  }
  const low = (number % 250) + 1;
  spec.clusterIP ||= `10.96.${Math.floor(number / 250) % 256}.${low}`;
  setDefaults(spec, {
    clusterIPs: [spec.clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  });
}
