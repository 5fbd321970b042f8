import { ResourceType } from '../model';

type Options = Partial<
  Pick<ResourceType, 'shortNames' | 'categories' | 'subresources' | 'singular'>
> & { cluster?: boolean };

function types(
  group: string,
  version: string,
  entries: [resource: string, kind: string, options?: Options][],
): ResourceType[] {
  return entries.map(([resource, kind, options = {}]) => {
    const { cluster, ...rest } = options;
    return {
      group,
      version,
      resource,
      singular: kind.toLocaleLowerCase('en-US'),
      kind,
      namespaced: !cluster,
      ...rest,
    };
  });
}

const all = { categories: ['all'] };
const status: ResourceType['subresources'] = ['status'];
const scale: ResourceType['subresources'] = ['scale', 'status'];

/** The types that every simulated cluster serves from the start. */
export const builtInTypes: readonly ResourceType[] = [
  ...types('', 'v1', [
    ['configmaps', 'ConfigMap', { shortNames: ['cm'] }],
    ['endpoints', 'Endpoints', { shortNames: ['ep'] }],
    ['events', 'Event', { shortNames: ['ev'] }],
    [
      'namespaces',
      'Namespace',
      { shortNames: ['ns'], cluster: true, subresources: status },
    ],
    [
      'nodes',
      'Node',
      { shortNames: ['no'], cluster: true, subresources: status },
    ],
    ['pods', 'Pod', { shortNames: ['po'], subresources: status, ...all }],
    ['secrets', 'Secret'],
    ['serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }],
    [
      'services',
      'Service',
      { shortNames: ['svc'], subresources: status, ...all },
    ],
  ]),
  ...types('apps', 'v1', [
    ['controllerrevisions', 'ControllerRevision'],
    [
      'daemonsets',
      'DaemonSet',
      { shortNames: ['ds'], subresources: status, ...all },
    ],
    [
      'deployments',
      'Deployment',
      { shortNames: ['deploy'], subresources: scale, ...all },
    ],
    [
      'replicasets',
      'ReplicaSet',
      { shortNames: ['rs'], subresources: scale, ...all },
    ],
    [
      'statefulsets',
      'StatefulSet',
      { shortNames: ['sts'], subresources: scale, ...all },
    ],
  ]),
  ...types('batch', 'v1', [
    [
      'cronjobs',
      'CronJob',
      { shortNames: ['cj'], subresources: status, ...all },
    ],
    ['jobs', 'Job', { subresources: status, ...all }],
  ]),
  ...types('autoscaling', 'v2', [
    [
      'horizontalpodautoscalers',
      'HorizontalPodAutoscaler',
      { shortNames: ['hpa'], subresources: status, ...all },
    ],
  ]),
  ...types('policy', 'v1', [
    [
      'poddisruptionbudgets',
      'PodDisruptionBudget',
      { shortNames: ['pdb'], subresources: status },
    ],
  ]),
  ...types('networking.k8s.io', 'v1', [
    ['ingresses', 'Ingress', { shortNames: ['ing'], subresources: status }],
    ['networkpolicies', 'NetworkPolicy', { shortNames: ['netpol'] }],
  ]),
  ...types('gateway.networking.k8s.io', 'v1', [
    [
      'gatewayclasses',
      'GatewayClass',
      {
        shortNames: ['gc'],
        categories: ['gateway-api'],
        cluster: true,
        subresources: status,
      },
    ],
    [
      'gateways',
      'Gateway',
      {
        shortNames: ['gtw'],
        categories: ['gateway-api'],
        subresources: status,
      },
    ],
    [
      'grpcroutes',
      'GRPCRoute',
      { categories: ['gateway-api'], subresources: status },
    ],
    [
      'httproutes',
      'HTTPRoute',
      { categories: ['gateway-api'], subresources: status },
    ],
  ]),
  ...types('gateway.networking.k8s.io', 'v1beta1', [
    [
      'referencegrants',
      'ReferenceGrant',
      { shortNames: ['refgrant'], categories: ['gateway-api'] },
    ],
  ]),
  ...types('argoproj.io', 'v1alpha1', [
    ['applications', 'Application', { shortNames: ['app', 'apps'] }],
    [
      'applicationsets',
      'ApplicationSet',
      { shortNames: ['appset', 'appsets'], subresources: status },
    ],
    ['appprojects', 'AppProject', { shortNames: ['appproj', 'appprojs'] }],
    ['rollouts', 'Rollout', { shortNames: ['ro'], subresources: scale }],
  ]),
  ...types('apiextensions.k8s.io', 'v1', [
    [
      'customresourcedefinitions',
      'CustomResourceDefinition',
      {
        shortNames: ['crd', 'crds'],
        categories: ['api-extensions'],
        cluster: true,
        subresources: status,
      },
    ],
  ]),
];

const compiledGroups = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'networking.k8s.io',
  'apiextensions.k8s.io',
]);

/**
 * Whether a group is served from a CustomResourceDefinition. The API server
 * treats those differently in places that clients notice: no strategic merge
 * patch, atomic lists, `kind` in every list item.
 */
export function isCustomGroup(group: string): boolean {
  return !compiledGroups.has(group);
}

/** `deployments.apps`, and `pods` for the core group. */
export function typeName(type: Pick<ResourceType, 'group' | 'resource'>) {
  return type.group ? `${type.resource}.${type.group}` : type.resource;
}

/** `apps/v1`, and `v1` for the core group. */
export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>) {
  return type.group ? `${type.group}/${type.version}` : type.version;
}
