import type { ObservedPolicyReport } from '../../../observations/model';
import { integer, type JsonRecord, record, records, text } from '../../read';
import { reduceMetadata } from './metadata';
import { groupOf } from './objectReference';

type Failure = ObservedPolicyReport['failures'][number];

const counted = ['pass', 'fail', 'warn', 'error', 'skip'] as const;

/** Most results of one report that are looked at. */
const maxResults = 2000;

const maxFailures = 64;

/**
 * Reduces a report of `wgpolicyk8s.io` or `openreports.io`: what it is about
 * stands in each result or once in `scope`. Messages are not kept: they quote
 * what policies found in objects.
 */
export function reducePolicyReport(
  object: JsonRecord,
): ObservedPolicyReport | undefined {
  const meta = reduceMetadata(object);
  if (!meta) {
    return undefined;
  }
  const summary = record(object.summary);
  const scope = reduceResource(object.scope, meta.namespace);
  const failures = records(object.results, maxResults).flatMap(
    (result): Failure[] => {
      const policy = text(result.policy, 253);
      const outcome = text(result.result, 16);
      if (
        !policy ||
        (outcome !== 'fail' && outcome !== 'warn' && outcome !== 'error')
      ) {
        return [];
      }
      const named = records(result.resources, 32).flatMap(
        resource => reduceResource(resource, meta.namespace) ?? [],
      );
      return (named.length > 0 ? named : [scope]).flatMap(resource =>
        resource
          ? [
              {
                policy,
                rule: text(result.rule, 253),
                result: outcome,
                severity: text(result.severity, 16),
                resource,
              },
            ]
          : [],
      );
    },
  );
  return {
    meta,
    summary: Object.fromEntries(
      counted.map(outcome => [outcome, integer(summary?.[outcome]) ?? 0]),
    ) as ObservedPolicyReport['summary'],
    failures: failures.slice(0, maxFailures),
  };
}

function reduceResource(
  value: unknown,
  namespace: string | undefined,
): Failure['resource'] | undefined {
  const resource = record(value);
  const kind = text(resource?.kind, 63);
  const name = text(resource?.name, 253);
  return resource && kind && name
    ? {
        uid: text(resource.uid, 64),
        group: groupOf(resource.apiVersion),
        kind,
        name,
        namespace: text(resource.namespace, 253) ?? namespace,
      }
    : undefined;
}
