import type {
  AssessmentPreview,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import type { MayAsk } from '../Gate';
import type { Caller } from '../principals/Principal';
import { requireAdmitted } from './admitRequest';
import type { GateParts } from './GateParts';
import { readAsked } from './readAsked';
import { requireMayAsk } from './requireMayAsk';

/** Works out what would become of a request; nothing is stored. */
export async function assessRequest(
  parts: GateParts,
  submission: RequestSubmission,
  caller: Caller,
  mayAsk: MayAsk,
): Promise<AssessmentPreview> {
  const asked = await readAsked(parts, submission, caller);
  const limits = await parts.policy.limits();
  const admission = await parts.database.transaction(trx =>
    parts.admission.admitAssessment(trx, {
      key: asked.agent?.key ?? asked.requester.ref,
      at: asked.now,
      limits,
    }),
  );
  requireAdmitted(admission);
  const prepared = await parts.preparation.prepare(asked);
  await requireMayAsk(mayAsk, asked, prepared);
  const { binding: _binding, ...preview } = prepared;
  return preview;
}
