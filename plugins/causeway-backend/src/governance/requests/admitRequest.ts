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

/** Asks the guard, which counts what is open under its lock. */
export function admitRequest(
  parts: Pick<GateParts, 'admission'>,
  trx: Knex.Transaction,
  call: Omit<AdmissionCall, 'open'>,
): Promise<Admission> {
  const countOpen = (column: 'target' | 'asker', value: string) =>
    trx('gate_requests')
      .where({ [column]: value })
      .whereIn('state', requestStates.filter(isOpen))
      .count('*');
  return parts.admission.admit(trx, {
    ...call,
    open: {
      byKey: countOpen('asker', call.key),
      byTarget: countOpen('target', call.target),
    },
  });
}
