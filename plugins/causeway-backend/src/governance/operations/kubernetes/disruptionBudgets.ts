import { selectsLabels } from '../../../estate/facts/selectsLabels';
import { reducePodDisruptionBudget } from '../../../estate/sources/kubernetes/reduce/PodDisruptionBudget';
import type { JsonRecord } from '../../../estate/sources/read';
import { textMap } from '../../../estate/sources/read';
import type { KubernetesPlanClient } from '../clients/KubernetesClients';
import { statusOf } from '../clients/ApiFailure';
import { readPath } from '../shared/FieldPath';
import { listPath } from './workloads';

/**
 * What disruption budgets say about the pods of a workload, in words. Only
 * what they ask for, never what they allow right now: that changes by the
 * minute, and a plan that changes by itself would void approvals.
 *
 * @param replicas - how many pods there will be; absent where the number does not change
 */
export async function budgetWarnings(options: {
  client: KubernetesPlanClient;
  namespace: string;
  live: JsonRecord;
  replicas?: number;
}): Promise<string[]> {
  const { client, namespace, live, replicas } = options;
  let objects: JsonRecord[];
  try {
    objects = await client.list(
      listPath('policy/v1', namespace, 'poddisruptionbudgets'),
    );
  } catch (error) {
    if (statusOf(error) === 404) {
      return [];
    }
    if (statusOf(error) === 403) {
      return [
        'Disruption budgets could not be read: whether one covers these pods is not known',
      ];
    }
    throw error;
  }
  const labels =
    textMap(readPath(live, ['spec', 'template', 'metadata', 'labels']), {
      length: 253,
    }) ?? {};
  return objects
    .flatMap(object => reducePodDisruptionBudget(object) ?? [])
    .filter(({ selector }) => selectsLabels(selector, labels))
    .map(({ meta, minAvailable, maxUnavailable }) => {
      const asks =
        minAvailable !== undefined
          ? `at least ${minAvailable} of these pods available`
          : `at most ${maxUnavailable ?? '1'} of these pods unavailable`;
      const least = Number(minAvailable);
      return replicas !== undefined && replicas < least
        ? `Disruption budget ${meta.name} asks for ${asks}: with ${replicas} that cannot be kept, and nodes can no longer be drained`
        : `Disruption budget ${meta.name} asks for ${asks}`;
    });
}
