import { forbidden } from '../objects/StatusError';

/** What one rule allows; `*` stands for all. */
export interface AccessRule {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  verbs: string[];
  /** API groups; the core group is the empty string. */
  apiGroups: string[];
  /** Plurals, `deployments/scale` for a subresource. */
  resources: string[];
  /** Namespaces; absent for all of them and the cluster scope. */
  namespaces?: string[];
  resourceNames?: string[];
}

/** A bearer token, whom it stands for and what they may do. */
export interface AccessToken {
  token: string;
  user: string;
  groups?: string[];
  rules: AccessRule[];
}

/** What somebody wants to do. */
export interface AccessAttributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** May do everything. */
export const adminRules: AccessRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
];

/** May read everything but Secrets, as Kubernetes' `view` role and a bit more. */
export const readerRules: AccessRule[] = [
  {
    verbs: ['get', 'list', 'watch'],
    apiGroups: [''],
    resources: [
      'configmaps',
      'endpoints',
      'events',
      'namespaces',
      'nodes',
      'pods',
      'serviceaccounts',
      'services',
    ],
  },
  {
    verbs: ['get', 'list', 'watch'],
    apiGroups: [
      'apps',
      'batch',
      'autoscaling',
      'policy',
      'networking.k8s.io',
      'gateway.networking.k8s.io',
      'argoproj.io',
      'kargo.akuity.io',
      'apiextensions.k8s.io',
    ],
    resources: ['*'],
  },
  {
    verbs: ['get', 'list', 'watch'],
    apiGroups: [
      'apiextensions.crossplane.io',
      'external-secrets.io',
      'bitnami.com',
      'wgpolicyk8s.io',
      'kagent.dev',
      // As Crossplane's own role for readers grants what it defines and composes.
      'platform.meridian.example',
      'rds.aws.upbound.io',
      's3.aws.m.upbound.io',
    ],
    resources: ['*'],
  },
];

function includes(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

/** Whether the rules allow it. */
export function isAllowed(
  rules: readonly AccessRule[],
  wanted: AccessAttributes,
): boolean {
  const resource = wanted.subresource
    ? `${wanted.resource}/${wanted.subresource}`
    : wanted.resource;
  return rules.some(
    rule =>
      includes(rule.verbs, wanted.verb) &&
      includes(rule.apiGroups, wanted.group) &&
      (includes(rule.resources, resource) ||
        (wanted.subresource !== undefined &&
          rule.resources.includes(`*/${wanted.subresource}`))) &&
      (!rule.namespaces ||
        (wanted.namespace !== undefined &&
          includes(rule.namespaces, wanted.namespace))) &&
      (!rule.resourceNames?.length ||
        (wanted.name !== undefined &&
          rule.resourceNames.includes(wanted.name))),
  );
}

/** @throws StatusError 403 in the words of the API server */
export function authorize(token: AccessToken, wanted: AccessAttributes): void {
  if (isAllowed(token.rules, wanted)) return;
  throw forbidden({
    type: wanted,
    subresource: wanted.subresource,
    name: wanted.name,
    namespace: wanted.namespace,
    user: token.user,
    verb: wanted.verb,
  });
}
