import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Choice } from '@causeway/backstage-plugin-causeway-common';
import type { Reconciliation } from '../Gate';
import type { Caller } from '../principals/Principal';
import { isOfRequesters, isPerson, type Voter } from '../votes/eligibility';
import { become } from './evolve';
import type { GateParts } from './GateParts';
import type { StoredRequest } from './StoredRequest';

type Closable = Pick<StoredRequest, 'state' | 'requester' | 'deciders'>;

const no = (why: string): Choice => ({ allowed: false, why });

/** Whether somebody may say what came of a request whose outcome is unknown (THREATS H13). */
export function mayReconcile(
  request: Closable,
  voter: Voter,
  reconcilers: readonly string[],
): Choice {
  const person = isPerson(voter, 'say what came of it');
  if (!person.allowed) {
    return person;
  }
  if (request.state !== 'unknown') {
    return no(`It is ${request.state}: its outcome is not in question`);
  }
  if (isOfRequesters(request, [voter.principal.ref, ...voter.groups])) {
    return no('You belong to those who asked for it; others have to look');
  }
  return reconcilers.some(group => voter.groups.includes(group))
    ? { allowed: true }
    : no(
        reconcilers.length === 0
          ? 'causeway.gate.reconcilers names no group'
          : `Members of ${reconcilers.join(', ')} look into it`,
      );
}

/** Whether somebody may say that a manual task is done. */
export function mayComplete(request: Closable, voter: Voter): Choice {
  const person = isPerson(voter, 'say that a task is done');
  if (!person.allowed) {
    return person;
  }
  if (request.state !== 'manual') {
    return no(`It is ${request.state}, not a manual task`);
  }
  if (isOfRequesters(request, [voter.principal.ref, ...voter.groups])) {
    return no(
      'You belong to those who asked for it; others say that it is done',
    );
  }
  return request.deciders.some(group => voter.groups.includes(group))
    ? { allowed: true }
    : no(
        `Members of ${request.deciders.join(', ') || 'no group that the policy names'} do it`,
      );
}

async function readVoter(parts: GateParts, caller: Caller): Promise<Voter> {
  const person =
    caller.principal.kind === 'user'
      ? await parts.membership.person(caller.principal.ref)
      : undefined;
  return { principal: caller.principal, groups: person?.groups ?? [] };
}

function require(choice: Choice, state: string, wanted: string): void {
  if (!choice.allowed) {
    throw state === wanted
      ? new NotAllowedError(choice.why)
      : new ConflictError(choice.why);
  }
}

/** A person says what came of it; it never runs again. */
export async function reconcileRequest(
  parts: GateParts,
  id: string,
  { outcome, comment }: Reconciliation,
  caller: Caller,
): Promise<void> {
  const voter = await readVoter(parts, caller);
  const now = await parts.now();
  const request = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    require(mayReconcile(
      locked.request,
      voter,
      parts.settings.reconcilers,
    ), locked.request.state, 'unknown');
    await parts.store.updateExecution(trx, id, {
      state: outcome,
      finishedAt: now,
    });
    if (outcome === 'failed') {
      await parts.budget.release(trx, id, now, 'reconciled');
    }
    return parts.journal.write(
      trx,
      locked,
      become(locked.request, outcome, { at: now, why: comment }),
      {
        events: [
          {
            type: 'Reconciled',
            by: voter.principal.ref,
            message:
              outcome === 'succeeded'
                ? 'Found that it took effect'
                : 'Found that it did not take effect',
          },
        ],
        erasable: { comment },
        detail: { outcome },
      },
    );
  });
  parts.announcer.changed(request, 'Reconciled');
}

/** A person says that a manual task is done. */
export async function completeTask(
  parts: GateParts,
  id: string,
  comment: string | undefined,
  caller: Caller,
): Promise<void> {
  const voter = await readVoter(parts, caller);
  const now = await parts.now();
  const request = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    require(mayComplete(locked.request, voter), locked.request.state, 'manual');
    return parts.journal.write(
      trx,
      locked,
      {
        ...become(locked.request, 'succeeded', {
          at: now,
          why: comment ?? 'Done by hand',
        }),
        decidedBy: voter.principal.ref,
      },
      {
        events: [
          {
            type: 'ExecutionComplete',
            by: voter.principal.ref,
            message: 'Done by hand',
          },
        ],
        ...(comment && { erasable: { comment } }),
      },
    );
  });
  parts.announcer.changed(request, 'ExecutionComplete');
}
