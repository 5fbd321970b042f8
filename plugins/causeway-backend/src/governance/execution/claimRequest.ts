import { haltScopesOf } from '@causeway/backstage-plugin-causeway-common';
import type { GateParts } from '../requests/GateParts';
import { digestOf } from '../requests/digest';
import { become } from '../requests/evolve';
import type { LockedRequest } from '../requests/RequestStore';
import type { StoredRequest } from '../requests/StoredRequest';
import { reexamine } from './reexamine';

/** A request that this worker may carry out, and the epoch to write under. */
export interface Claimed {
  request: StoredRequest;
  epoch: number;
}

/** Milliseconds that what was read for a claim is good for: members, time and the target are read before its transaction. */
const freshFor = 10_000;

interface ClaimOptions {
  worker: string;
  lease: number;
}

/**
 * Takes an approved request for one worker, if it still holds; otherwise says
 * on the request why not. Two workers, two replicas: one gets it.
 */
export async function claimRequest(
  parts: GateParts,
  id: string,
  options: ClaimOptions,
): Promise<Claimed | undefined> {
  const { request: seen } = await parts.store.read(id);
  if (seen.state !== 'approved') {
    return undefined;
  }
  const examinedAt = await parts.now();
  const examined = await reexamine(parts, seen, examinedAt);
  const now = await parts.now();
  const outcome = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    const { request } = locked;
    if (request.state !== 'approved' || request.revision !== seen.revision) {
      return undefined;
    }
    if (examined.verdict === 'refused') {
      return refuse(parts, trx, locked, { why: examined.why, now });
    }
    if (examined.verdict === 'changed') {
      return sendBack(parts, trx, locked, { ...examined, now });
    }
    if (request.executeBy !== undefined && request.executeBy <= now) {
      // The keeper of the clocks ends it.
      return undefined;
    }
    if (now - examinedAt > freshFor) {
      // Somebody may have lost a membership or declared a freeze since: look again.
      return undefined;
    }
    const halted = await parts.halts.check(
      trx,
      haltScopesOf(request.requester),
    );
    const hash = await parts.policy.hashIn(trx);
    if (halted || hash !== examined.assessment.policyHash) {
      // Halted, or judged by a policy that is no longer in force: look again later.
      return undefined;
    }
    const epoch = locked.work.epoch + 1;
    await parts.store.startExecution(trx, id, now);
    const claimed = await parts.journal.write(
      trx,
      locked,
      become(request, 'running', { at: now, why: 'Being carried out' }),
      {
        events: [
          {
            type: 'ExecutionStarted',
            by: 'gate',
            message: `Claimed for ${request.binding!.source}`,
          },
        ],
        work: {
          epoch,
          worker: options.worker,
          leaseUntil: now + options.lease,
          dueAt: undefined,
        },
      },
    );
    return { request: claimed, type: 'ExecutionStarted' as const, epoch };
  });
  if (!outcome) {
    return undefined;
  }
  parts.announcer.changed(outcome.request, outcome.type);
  return 'epoch' in outcome
    ? { request: outcome.request, epoch: outcome.epoch }
    : undefined;
}

type Transaction = Parameters<GateParts['store']['lock']>[0];

async function refuse(
  parts: GateParts,
  trx: Transaction,
  locked: LockedRequest,
  { why, now }: { why: string; now: number },
) {
  await parts.budget.release(trx, locked.request.id, now, 'returned');
  const request = await parts.journal.write(
    trx,
    locked,
    become(locked.request, 'refused', { at: now, why }),
    {
      events: [{ type: 'Refused', by: 'gate', message: why }],
      work: { dueAt: undefined },
    },
  );
  return { request, type: 'Refused' as const };
}

/**
 * Puts an approved request before people again, under a new digest; what only
 * people do by now is handed over to them.
 */
export async function sendBack(
  parts: GateParts,
  trx: Transaction,
  locked: LockedRequest,
  { request, why, now }: { request: StoredRequest; why: string; now: number },
) {
  const { id } = locked.request;
  await parts.budget.release(trx, id, now, 'returned');
  await parts.store.withdrawVotes(trx, id, { at: now, why });
  const { assessment } = request;
  const byHand = assessment.outcome === 'manual';
  const type = byHand
    ? ('HandedOver' as const)
    : ('ReturnedToPending' as const);
  const { escalation, decideWithin } = request.approval;
  const back: StoredRequest = {
    ...become(request, byHand ? 'manual' : 'pending', { at: now, why }),
    // People begin anew, and so do their clocks.
    decideBy: byHand ? undefined : now + decideWithin,
    escalateAt: byHand || !escalation ? undefined : now + escalation.after,
    deciders: byHand
      ? [...(assessment.manual?.doneBy ?? [])]
      : request.deciders,
    approvedAt: undefined,
    executeBy: undefined,
    decidedBy: undefined,
  };
  const saved = await parts.journal.write(
    trx,
    locked,
    { ...back, digest: digestOf(back) },
    {
      events: [
        { type, by: 'gate', message: why },
        {
          type: 'VotesVoided',
          by: 'gate',
          message: 'Votes were for what it was before',
        },
      ],
      work: { dueAt: undefined },
    },
  );
  return { request: saved, type };
}
