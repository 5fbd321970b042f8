import type { ObservedNetworkPolicy } from '../../../observations/model';
import { type JsonRecord, list, record, textMap, texts } from '../../read';
import { reduceMetadata } from './metadata';

/** Reduces a NetworkPolicy: whom it is for, and how many rules let something through. */
export function reduceNetworkPolicy(
  object: JsonRecord,
): ObservedNetworkPolicy | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  const selector = record(spec.podSelector);
  const types = texts(spec.policyTypes, 4, 16);
  return {
    meta,
    selector: textMap(selector?.matchLabels, { length: 253 }),
    selectsByExpression: list(selector?.matchExpressions, 1).length > 0,
    types:
      types.length > 0
        ? types
        : // What the API server fills in where nothing is said.
          ['Ingress', ...(spec.egress === undefined ? [] : ['Egress'])],
    ingressRules: list(spec.ingress, 1000).length,
    egressRules: list(spec.egress, 1000).length,
  };
}
