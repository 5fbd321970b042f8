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

/** A breaker that trips halts an agent: that is on record as every halt is. */
export async function recordBreaker(
  { audit }: Pick<GateParts, 'audit'>,
  trx: Knex.Transaction,
  admission: Admission,
  { key, at }: { key: string; at: number },
): Promise<void> {
  if (!admission.admitted && admission.refusal.code === 'repetition') {
    await audit.append(trx, [
      {
        type: 'halt',
        action: 'Halted',
        by: 'gate',
        subject: key,
        detail: { code: admission.refusal.code },
        at,
      },
    ]);
  }
}

/** Counts what is open under the guard's lock, and asks the guard. */
export async function admitRequest(
  parts: Pick<GateParts, 'admission'>,
  trx: Knex.Transaction,
  call: Omit<AdmissionCall, 'openByKey' | 'openByTarget'>,
): Promise<Admission> {
  await parts.admission.lock(trx, call);
  const countOpen = (column: 'target' | 'asker', value: string) =>
    trx('gate_requests')
      .where({ [column]: value })
      .whereIn('state', requestStates.filter(isOpen))
      .count('*');
  // One way to the database for both.
  const [open]: Record<'by_key' | 'by_target', number | string>[] =
    await trx.select({
      by_key: countOpen('asker', call.key),
      by_target: countOpen('target', call.target),
    });
  return parts.admission.admit(trx, {
    ...call,
    openByKey: Number(open.by_key),
    openByTarget: Number(open.by_target),
  });
}
