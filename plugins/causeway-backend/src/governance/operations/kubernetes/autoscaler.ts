import {
  OperationRefusal,
  type OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import { integer, record, text } from '../../../estate/sources/read';
import { statusOf } from '../clients/ApiFailure';
import type { KubernetesPlanClient } from '../clients/KubernetesClients';
import { apiVersionOf, isWorkloadKind, listPath } from './workloads';

interface Autoscaler {
  name: string;
  min: number;
  max: number;
}

/**
 * Refuses to scale what an autoscaler scales: within its bounds it would set
 * another number at once, and beyond them too.
 *
 * @throws OperationRefusal `autoscaled`, or `autoscaler-unknown` where nobody can tell
 */
export async function requireNoAutoscaler(options: {
  client: KubernetesPlanClient;
  target: OperationTarget;
}): Promise<void> {
  const { target } = options;
  const found = await findAutoscaler(options);
  if (found) {
    throw new OperationRefusal({
      code: 'autoscaled',
      reason: `HorizontalPodAutoscaler ${found.name} sets the replicas of ${target.kind} ${target.name}, between ${found.min} and ${found.max}: any other number would not last`,
      hint: 'Change minReplicas and maxReplicas of the autoscaler, where it stands in Git',
    });
  }
}

const expectedVersion = (kind: string) =>
  isWorkloadKind(kind) ? apiVersionOf(kind) : '';

/** An autoscaler may name an older version of the same group. */
const groupOf = (apiVersion: unknown) => String(apiVersion ?? '').split('/')[0];

async function findAutoscaler({
  client,
  target,
}: {
  client: KubernetesPlanClient;
  target: OperationTarget;
}): Promise<Autoscaler | undefined> {
  let objects;
  try {
    objects = await client.list(
      listPath(
        'autoscaling/v2',
        target.namespace ?? '',
        'horizontalpodautoscalers',
      ),
    );
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) {
      return undefined;
    }
    if (status === 403) {
      return fromFacts(target);
    }
    throw error;
  }
  for (const object of objects) {
    const spec = record(object.spec);
    const reference = record(spec?.scaleTargetRef);
    if (
      reference?.kind === target.kind &&
      reference.name === target.name &&
      groupOf(reference.apiVersion) === groupOf(expectedVersion(target.kind))
    ) {
      return {
        name: text(record(object.metadata)?.name, 253) ?? '?',
        min: integer(spec?.minReplicas) ?? 1,
        max: integer(spec?.maxReplicas) ?? 1,
      };
    }
  }
  return undefined;
}

function fromFacts({ facts, kind, name }: OperationTarget) {
  const present = facts['autoscaling.present'];
  if (present === undefined) {
    throw new OperationRefusal({
      code: 'autoscaler-unknown',
      reason: `Nobody can tell whether an autoscaler scales ${kind} ${name}`,
      hint: 'Let the reader of this cluster list horizontalpodautoscalers, see docs/operations/rbac.md',
    });
  }
  return present === true
    ? {
        name: `of ${name}`,
        min: Number(facts['autoscaling.min'] ?? 1),
        max: Number(facts['autoscaling.max'] ?? 1),
      }
    : undefined;
}
