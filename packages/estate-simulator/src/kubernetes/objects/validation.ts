import { KubernetesObject, ResourceType } from '../model';
import { asList, at, isObject, jsonEqual } from './json';
import { invalid, StatusCause } from './StatusError';

const replicated = new Set(['Deployment', 'ReplicaSet', 'StatefulSet']);
const templated = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
]);
const subdomain =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The cause for a count that must not be negative, if it is. */
export function negativeCount(
  field: string,
  value: unknown,
): StatusCause | undefined {
  if (typeof value !== 'number' || value >= 0) return undefined;
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${value}: must be greater than or equal to 0`,
    field,
  };
}

function required(field: string, detail = ''): StatusCause {
  return {
    reason: 'FieldValueRequired',
    message: `Required value${detail}`,
    field,
  };
}

function templateCauses(object: KubernetesObject): StatusCause[] {
  const causes: StatusCause[] = [];
  const selector = at(object, 'spec', 'selector', 'matchLabels');
  const labels = at(object, 'spec', 'template', 'metadata', 'labels');
  if (!isObject(at(object, 'spec', 'selector'))) {
    causes.push(required('spec.selector'));
  } else if (
    isObject(selector) &&
    Object.entries(selector).some(([key, value]) => at(labels, key) !== value)
  ) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        labels ?? {},
      )}: \`selector\` does not match template \`labels\``,
      field: 'spec.template.metadata.labels',
    });
  }
  const containers = asList(
    at(object, 'spec', 'template', 'spec', 'containers'),
  );
  const base = 'spec.template.spec.containers';
  if (containers.length === 0) causes.push(required(base));
  containers.forEach((container, index) => {
    if (!at(container, 'name')) causes.push(required(`${base}[${index}].name`));
    if (!at(container, 'image')) {
      causes.push(required(`${base}[${index}].image`));
    }
  });
  return causes;
}

/**
 * The checks of the API server that clients run into.
 *
 * @throws StatusError 422 with every cause
 */
export function validateObject(
  type: ResourceType,
  object: KubernetesObject,
  before: KubernetesObject | undefined,
): void {
  const causes: StatusCause[] = [];
  const { name } = object.metadata;
  if (!subdomain.test(name) || name.length > 253) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        name,
      )}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
      field: 'metadata.name',
    });
  }
  if (type.group === 'apps') {
    if (replicated.has(type.kind)) {
      const cause = negativeCount(
        'spec.replicas',
        at(object, 'spec', 'replicas'),
      );
      if (cause) causes.push(cause);
    }
    if (templated.has(type.kind)) causes.push(...templateCauses(object));
    const selector = at(object, 'spec', 'selector');
    if (before && !jsonEqual(at(before, 'spec', 'selector'), selector)) {
      causes.push({
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${JSON.stringify(
          selector,
        )}: field is immutable`,
        field: 'spec.selector',
      });
    }
  }
  if (type.group === 'autoscaling') {
    if (typeof at(object, 'spec', 'maxReplicas') !== 'number') {
      causes.push(required('spec.maxReplicas'));
    }
  }
  if (causes.length > 0) throw invalid(type, name, causes);
}
