import { haltScopesOf } from '@causeway/backstage-plugin-causeway-common';
import { become } from '../requests/evolve';
import type { GateParts } from '../requests/GateParts';
import type { Claimed } from './claimRequest';
import { reexamine } from './reexamine';

/**
 * Takes over a request whose worker fell silent in mid-flight. An operation
 * that can be repeated runs again if its target still is as it was before;
 * for everything else nobody can say what happened, and a person has to look.
 */
export async function recoverRequest(
  parts: GateParts,
  id: string,
  options: { worker: string; lease: number },
): Promise<Claimed | undefined> {
  const { request: seen, work } = await parts.store.read(id);
  const now = await parts.now();
  let repeat: boolean;
  try {
    repeat =
      seen.state === 'running' &&
      seen.operation.idempotent &&
      (await isUntouched(parts, seen)) &&
      (await stillHolds(parts, seen, now));
  } catch (error) {
    // The catalog or the source is away: nobody can tell yet, and there is time.
    parts.logger.warn(`Request ${id} could not be looked at again: ${error}`);
    await parts.store.renew(id, work.epoch, now + options.lease);
    return undefined;
  }
  const outcome = await parts.database.transaction(async trx => {
    const locked = await parts.store.lock(trx, id);
    const { request } = locked;
    if (
      request.revision !== seen.revision ||
      locked.work.epoch !== work.epoch ||
      (locked.work.leaseUntil ?? 0) > now
    ) {
      return undefined;
    }
    const taken = {
      epoch: locked.work.epoch + 1,
      worker: options.worker,
      leaseUntil: now + options.lease,
      dueAt: undefined,
    };
    if (request.state === 'verifying') {
      const saved = await parts.journal.write(trx, locked, request, {
        events: [],
        work: taken,
      });
      return { request: saved, epoch: taken.epoch };
    }
    if (request.state !== 'running') {
      return undefined;
    }
    if (
      repeat &&
      (await parts.halts.check(trx, haltScopesOf(request.requester)))
    ) {
      // No write begins in a halt (THREATS M11).
      return { halted: true as const };
    }
    const why = repeat
      ? 'Its worker was lost before it wrote anything; it is begun again'
      : 'Its worker was lost in the middle, and nobody can say whether the change was made: look at the target, and say what came of it';
    await parts.store.updateExecution(trx, id, {
      state: repeat ? 'failed' : 'unknown',
      finishedAt: now,
      message: why,
    });
    if (repeat) {
      await parts.store.startExecution(trx, id, now);
    }
    const saved = await parts.journal.write(
      trx,
      locked,
      become(request, repeat ? 'running' : 'unknown', { at: now, why }),
      {
        events: [
          {
            type: repeat ? 'ExecutionStarted' : 'OutcomeUnknown',
            by: 'gate',
            message: why,
          },
        ],
        work: repeat
          ? taken
          : { ...taken, worker: undefined, leaseUntil: undefined },
      },
    );
    return { request: saved, epoch: taken.epoch };
  });
  if (!outcome) {
    return undefined;
  }
  if ('halted' in outcome) {
    // Looked at again when the lost worker's time were over once more, not at once.
    await parts.store.renew(id, work.epoch, now + options.lease);
    return undefined;
  }
  const { request } = outcome;
  if (request.state === 'unknown') {
    parts.announcer.changed(request, 'OutcomeUnknown');
    return undefined;
  }
  return outcome;
}

/**
 * Whether it would be claimed today: policy, time, members and who asked are
 * held against it once more, as nothing runs on what was true before a crash.
 */
async function stillHolds(
  parts: GateParts,
  request: Claimed['request'],
  now: number,
): Promise<boolean> {
  const { verdict } = await reexamine(
    parts,
    { ...request, state: 'approved' },
    now,
  );
  return verdict === 'holds';
}

/** Whether the target still is as the plan saw it: then the write did not take effect. */
async function isUntouched(
  { targets, operations }: GateParts,
  request: Claimed['request'],
): Promise<boolean> {
  const operation = operations.get(request.operation.name);
  const target = await targets.read(request.target.entityRef);
  if (!operation || !target || !request.binding) {
    return false;
  }
  try {
    const binding = await operation.bind({
      signal: AbortSignal.timeout(15_000),
      input: request.input,
      target: target.target,
    });
    return (
      binding.uid === request.binding.uid &&
      binding.fieldsHash === request.binding.fieldsHash
    );
  } catch {
    return false;
  }
}
