import type { PolicyView } from '@causeway/backstage-plugin-causeway-common';
import { policyDocument } from '@causeway/backstage-plugin-causeway-common/policy';
import type { GateParts } from '../requests/GateParts';
import { findPolicyFaults } from './findPolicyFaults';

/** The policy in force, with what it says and nobody can do. */
export async function readPolicy({
  policy,
  membership,
  operations,
}: Pick<
  GateParts,
  'policy' | 'membership' | 'operations'
>): Promise<PolicyView> {
  const view = await policy.view();
  const { data } = policyDocument.safeParse(view.document);
  return {
    ...view,
    faults: data
      ? await findPolicyFaults(
          {
            membership,
            operations: operations.describe().map(({ name }) => name),
          },
          data,
        )
      : view.faults,
  };
}
