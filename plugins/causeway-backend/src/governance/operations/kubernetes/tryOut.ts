import type { Plan } from '@causeway/backstage-plugin-causeway-common';
import type { JsonRecord } from '../../../estate/sources/read';
import { ApiFailure } from '../clients/ApiFailure';
import type {
  KubernetesPlanClient,
  ObjectPatch,
} from '../clients/KubernetesClients';
import { asRefusal } from '../clients/refusals';

export const operatorRights =
  'Whoever runs the portal grants the rights of examples/rbac/kubernetes-operator.yaml to the account of causeway.gate.credentials';

/**
 * Lets the API server try a patch: it validates, admits, and keeps nothing.
 *
 * @returns what the object would be like; nothing where an admission webhook cannot be tried
 * @throws OperationRefusal with the server's own words where it would not accept it
 */
export async function tryOut(
  client: KubernetesPlanClient,
  path: string,
  patch: ObjectPatch,
): Promise<{ dryRun: Plan['dryRun']; object?: JsonRecord }> {
  try {
    const object = await client.dryRun(path, patch);
    return { dryRun: { done: true }, object };
  } catch (error) {
    if (
      error instanceof ApiFailure &&
      error.status === 400 &&
      /does not support dry run/i.test(error.said)
    ) {
      return {
        dryRun: {
          done: false,
          why: 'An admission webhook of the cluster does not support dry runs',
        },
      };
    }
    throw asRefusal(error, { rights: operatorRights });
  }
}
