import { KubernetesObject, ResourceType } from '../model';
import { at } from '../objects/json';
import { badRequest } from '../objects/StatusError';

const byKind: Record<string, string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Secret: ['type'],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  ReplicaSet: ['status.replicas'],
  Job: ['status.successful'],
};

/** Whether an object satisfies a field selector. */
export type FieldMatcher = (object: KubernetesObject) => boolean;

/**
 * Parses a field selector of the fields that the API indexes.
 *
 * @throws StatusError 400 for a malformed selector or a field that is not supported
 */
export function parseFieldSelector(
  type: ResourceType,
  text: string,
): FieldMatcher {
  const supported = new Set([
    'metadata.name',
    'metadata.namespace',
    ...(byKind[type.kind] ?? []),
  ]);
  const matchers = text
    .split(',')
    .filter(Boolean)
    .map((term): FieldMatcher => {
      const parsed = /^\s*([^=!\s]+)\s*(!=|==?)\s*(.*)$/.exec(term);
      if (!parsed) {
        throw badRequest(
          `Unable to find "" that match label selector "", field selector "${text}": invalid selector: '${text}'; can't understand '${term}'`,
        );
      }
      const [, field, operator, wanted] = parsed;
      if (!supported.has(field)) {
        throw badRequest(`field label not supported: ${field}`);
      }
      return object => {
        const value = String(at(object, ...field.split('.')) ?? '');
        return operator === '!=' ? value !== wanted : value === wanted;
      };
    });
  return object => matchers.every(matches => matches(object));
}
