import {
  type JsonRecord,
  record,
  records,
  text,
  texts,
} from '../../../estate/sources/read';
import { fieldManager } from '../clients/KubernetesClients';
import { type FieldPath, pointerSteps } from '../shared/FieldPath';

/** Whether a pattern of an Application names a group or a kind. */
const names = (pattern: unknown, value: string) =>
  pattern === '*' || (text(pattern, 253) ?? '') === value;

/** Absent means all of them. Anything but the exact name is not believed, which can only be stricter. */
const isOrAll = (wanted: unknown, value: string) =>
  wanted === undefined || wanted === '' || wanted === value;

/**
 * Whether an Application leaves a field of an object to the cluster, by its
 * `ignoreDifferences`. Only forms that are plain to read are taken: a pointer,
 * a simple jq path, or the gate's own name among the trusted field managers.
 */
export function isLeftToCluster(options: {
  spec: JsonRecord;
  object: JsonRecord;
  place: { group: string; kind: string; namespace: string; name: string };
  path: FieldPath;
}): boolean {
  const { spec, object, place, path } = options;
  const steps = pointerSteps(object, path);
  return records(spec.ignoreDifferences, 200).some(
    rule =>
      names(rule.group, place.group) &&
      names(rule.kind, place.kind) &&
      isOrAll(rule.name, place.name) &&
      isOrAll(rule.namespace, place.namespace) &&
      (texts(rule.jsonPointers, 200, 512).some(pointer =>
        covers(stepsOf(pointer), steps),
      ) ||
        texts(rule.jqPathExpressions, 200, 512).some(expression =>
          covers(simplePath(expression), steps),
        ) ||
        texts(rule.managedFieldsManagers, 200, 128).includes(fieldManager)),
  );
}

/** Whether what a pointer means holds the field; `*` stands for any entry of a list. */
function covers(pointer: string[] | undefined, steps: string[]): boolean {
  return (
    pointer !== undefined &&
    pointer.length > 0 &&
    pointer.length <= steps.length &&
    pointer.every((step, index) => step === '*' || step === steps[index])
  );
}

function stepsOf(pointer: string): string[] | undefined {
  return pointer.startsWith('/')
    ? pointer
        .slice(1)
        .split('/')
        .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    : undefined;
}

/** Steps of `.spec.template.spec.containers[].resources`; `undefined` for anything that does more than name a path. */
function simplePath(expression: string): string[] | undefined {
  const trimmed = expression.trim();
  return /^(\.[A-Za-z_]\w*|\[\]|\[\d+\])+$/.test(trimmed)
    ? [...trimmed.matchAll(/\.([A-Za-z_]\w*)|\[(\d*)\]/g)].map(
        ([, field, index]) => field ?? (index || '*'),
      )
    : undefined;
}

/** Whether syncs of an Application leave alone what it ignores. */
export function syncsRespectIgnored(spec: JsonRecord): boolean {
  return texts(record(spec.syncPolicy)?.syncOptions, 64, 128).includes(
    'RespectIgnoreDifferences=true',
  );
}
