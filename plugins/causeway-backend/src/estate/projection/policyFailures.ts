import type { PolicyFailure } from '@causeway/backstage-plugin-causeway-common';
import type { ObservedPolicyReport } from '../observations/model';
import { compareText } from './compare';
import { placeKey, type SortedObservations } from './sortObservations';
import type { Subject } from './subjects';
import { safeText } from './text';

const kept = 32;

type Found = ObservedPolicyReport['failures'][number];

/** The policies that each thing of a cluster fails, each once. */
export function findPolicyFailures(
  observed: SortedObservations,
): (subject: Subject) => PolicyFailure[] | undefined {
  const byPlace = new Map<string, Found[]>();
  for (const { source, data } of observed.PolicyReport) {
    for (const failure of data.failures) {
      const { kind, namespace = '', name } = failure.resource;
      const key = placeKey(source, namespace, kind.toLowerCase(), name);
      byPlace.set(key, [...(byPlace.get(key) ?? []), failure]);
    }
  }
  return subject => {
    if (subject.cluster === undefined || byPlace.size === 0) {
      return undefined;
    }
    const { cluster, namespace = '', objectKind, objectName } = subject;
    const uid = (subject.data as { meta?: { uid?: string } }).meta?.uid;
    const own = byPlace
      .get(placeKey(cluster, namespace, objectKind, objectName))
      // A report may be of what had the name before.
      ?.filter(({ resource }) => !resource.uid || !uid || resource.uid === uid);
    return own?.length ? distinct(own) : undefined;
  };
}

function distinct(found: Found[]): PolicyFailure[] {
  const failures = new Map<string, PolicyFailure>();
  for (const { policy, rule, result, severity } of found) {
    failures.set(placeKey(policy, rule ?? '', result), {
      policy: safeText(policy, 253) ?? '',
      rule: safeText(rule, 253),
      result,
      severity: safeText(severity, 16),
    });
  }
  return [...failures]
    .sort(([a], [b]) => compareText(a, b))
    .slice(0, kept)
    .map(([, failure]) => failure);
}
