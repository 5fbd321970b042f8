import { requestStates } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { AdmissionRefused } from '../agents/AdmissionRefused';
import type { Admission, AdmissionCall } from '../agents/AgentGuard';
import type { GateParts } from './GateParts';
import { isOpen } from './transitions';

/** @throws AdmissionRefused for whoever has to wait */
export function requireAdmitted(admission: Admission): void {
  if (!admission.admitted) {
    throw new AdmissionRefused(admission.refusal);
  }
}

/** Counts what is open under the guard's lock, and asks the guard. */
export async function admitRequest(
  parts: Pick<GateParts, 'admission'>,
  trx: Knex.Transaction,
  call: Omit<AdmissionCall, 'openByKey' | 'openByTarget'>,
): Promise<Admission> {
  await parts.admission.lock(trx, call);
  const countOpen = async (column: 'target' | 'asker', value: string) => {
    const row = await trx('gate_requests')
      .where({ [column]: value })
      .whereIn('state', requestStates.filter(isOpen))
      .count({ open: '*' })
      .first<{ open: number | string }>();
    return Number(row.open);
  };
  return parts.admission.admit(trx, {
    ...call,
    openByKey: await countOpen('asker', call.key),
    openByTarget: await countOpen('target', call.target),
  });
}
