import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import type { AssessmentInput } from '@causeway/backstage-plugin-causeway-common/policy';

/** Assesses requests under the policy in force. */
export interface PolicyEvaluator {
  /** Never rejects because of what a policy or an input says: in doubt, people review. */
  assess(input: AssessmentInput): Promise<Assessment>;
}
