import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Choice } from '@causeway/backstage-plugin-causeway-common';
import type { Caller } from '../principals/Principal';
import { become } from './evolve';
import type { GateParts } from './GateParts';
import type { StoredRequest } from './StoredRequest';
import { transitions } from './transitions';

/** Whether somebody may take a request back: whoever asked, as whom or as what it asked. */
export function mayWithdraw(
  request: Pick<StoredRequest, 'state' | 'requester'>,
  { principal }: Pick<Caller, 'principal'>,
  groups: readonly string[] = [],
): Choice {
  if (!transitions[request.state].includes('withdrawn')) {
    return {
      allowed: false,
      why: `It is ${request.state}: there is nothing left to take back`,
    };
  }
  return request.requester.set.some(
    ref => ref === principal.ref || groups.includes(ref),
  )
    ? { allowed: true }
    : { allowed: false, why: 'Only those who asked for it can take it back' };
}

/** Takes a request back. */
export async function withdrawRequest(
  parts: GateParts,
  id: string,
  comment: string | undefined,
  caller: Caller,
): Promise<void> {
  const { principal } = caller;
  const person =
    principal.kind === 'user'
      ? await parts.membership.person(principal.ref)
      : undefined;
  const now = await parts.now();
  const request = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    const may = mayWithdraw(locked.request, caller, person?.groups);
    if (!may.allowed) {
      throw locked.request.requester.set.includes(principal.ref)
        ? new ConflictError(may.why)
        : new NotAllowedError(may.why);
    }
    await parts.budget.release(trx, id, now, 'returned');
    return parts.journal.write(
      trx,
      locked,
      become(locked.request, 'withdrawn', {
        at: now,
        why: comment ?? 'Taken back by those who asked',
      }),
      {
        events: [
          { type: 'Withdrawn', by: principal.ref, message: 'Taken back' },
        ],
        ...(comment && { erasable: { comment } }),
        work: { dueAt: undefined },
      },
    );
  });
  parts.announcer.changed(request, 'Withdrawn');
}
