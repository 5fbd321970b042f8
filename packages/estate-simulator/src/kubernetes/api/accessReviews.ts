import { asObject, at } from '../objects/json';
import { methodNotAllowed } from '../objects/StatusError';
import { isAllowed } from './access';
import { ApiResponse } from './ApiContext';
import { ApiRequest } from './ApiRequest';
import { parseBody } from './requestBody';

/** Types that answer a question and store nothing. */
export const reviewTypes = [
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    resource: 'selfsubjectaccessreviews',
    singular: 'selfsubjectaccessreview',
    kind: 'SelfSubjectAccessReview',
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    resource: 'selfsubjectrulesreviews',
    singular: 'selfsubjectrulesreview',
    kind: 'SelfSubjectRulesReview',
  },
  {
    group: 'authentication.k8s.io',
    version: 'v1',
    resource: 'selfsubjectreviews',
    singular: 'selfsubjectreview',
    kind: 'SelfSubjectReview',
  },
] as const;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function statusOf(request: ApiRequest, kind: string, body: unknown): unknown {
  const { token } = request;
  if (kind === 'SelfSubjectReview') {
    return {
      userInfo: {
        username: token.user,
        groups: [...(token.groups ?? []), 'system:authenticated'],
      },
    };
  }
  if (kind === 'SelfSubjectAccessReview') {
    const wanted = asObject(at(body, 'spec', 'resourceAttributes'));
    return {
      allowed: isAllowed(token.rules, {
        verb: text(wanted.verb) ?? '',
        group: text(wanted.group) ?? '',
        resource: text(wanted.resource) ?? '',
        subresource: text(wanted.subresource),
        namespace: text(wanted.namespace),
        name: text(wanted.name),
      }),
    };
  }
  const namespace = text(at(body, 'spec', 'namespace'));
  return {
    resourceRules: token.rules
      .filter(
        rule =>
          !rule.namespaces ||
          rule.namespaces.includes('*') ||
          (namespace !== undefined && rule.namespaces.includes(namespace)),
      )
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames ? { resourceNames } : {}),
      })),
    nonResourceRules: [
      { verbs: ['get'], nonResourceURLs: ['/api', '/apis', '/version'] },
    ],
    incomplete: false,
  };
}

/** Answers what the caller may do; `undefined` when the request asks something else. */
export function handleReview(request: ApiRequest): ApiResponse | undefined {
  const type = reviewTypes.find(
    candidate =>
      candidate.group === request.group &&
      candidate.version === request.version &&
      candidate.resource === request.resource,
  );
  if (!type) return undefined;
  if (request.verb !== 'create') throw methodNotAllowed();
  const body = request.body ? asObject(parseBody(request)) : {};
  return {
    status: 201,
    body: {
      kind: type.kind,
      apiVersion: `${type.group}/${type.version}`,
      metadata: { creationTimestamp: null },
      spec: asObject(body.spec),
      status: statusOf(request, type.kind, body),
    },
  };
}
