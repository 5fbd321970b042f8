import type { ObservedLabelSelector } from '../observations/model';

type Expression = NonNullable<ObservedLabelSelector['expressions']>[number];

function holds(
  { key, operator, values }: Expression,
  labels: Record<string, string>,
): boolean {
  const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return own !== undefined && values.includes(own);
    case 'NotIn':
      return own === undefined || !values.includes(own);
    case 'Exists':
      return own !== undefined;
    case 'DoesNotExist':
      return own === undefined;
    default:
      return false;
  }
}

/** Whether a Kubernetes label selector means these labels. None means nothing, an empty one everything. */
export function selectsLabels(
  selector: ObservedLabelSelector | undefined,
  labels: Record<string, string>,
): boolean {
  if (!selector) {
    return false;
  }
  for (const key in selector.labels) {
    if (labels[key] !== selector.labels[key]) {
      return false;
    }
  }
  return (selector.expressions ?? []).every(expression =>
    holds(expression, labels),
  );
}
