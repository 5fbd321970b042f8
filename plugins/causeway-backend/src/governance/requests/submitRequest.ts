import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  haltScopesOf,
  type Requester,
  type RequestReceipt,
  type RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import { setTimeout as delay } from 'node:timers/promises';
import { requireSpread, SpreadExceeded } from '../agents/spread';
import { BudgetExceeded } from '../budget/BudgetExceeded';
import { reserveFor } from '../budget/reserveFor';
import type { MayAsk } from '../Gate';
import { hashCanonical } from '../hashCanonical';
import type { Caller } from '../principals/Principal';
import { admitRequest, recordBreaker, requireAdmitted } from './admitRequest';
import { barAuthors } from './barAuthors';
import { barEntities } from './barEntities';
import { draftRequest } from './draftRequest';
import type { GateParts } from './GateParts';
import { openRequest } from './openRequest';
import { readAsked } from './readAsked';
import { requireMayAsk } from './requireMayAsk';
import type { StoredRequest } from './StoredRequest';
import { isTemplate } from '../targets/TemplateTargets';
import { toReceipt } from './toReceipt';
import { isOpen } from './transitions';

/** How long a submission that runs at once waits for its outcome. */
const outcomeWithin = 2_000;

/** How often a submission is worked out again because a budget or the requester's spread was used up in between. */
const mostTries = 3;

/** Whether something is halted that whoever asks needs. */
async function requireRunning(
  parts: Pick<GateParts, 'halts' | 'settings'>,
  requester: Requester,
): Promise<void> {
  if (parts.settings.closed) {
    throw new NotAllowedError(parts.settings.closed);
  }
  const scopes = ['all', ...haltScopesOf(requester)];
  const halt = (await parts.halts.list()).find(({ scope }) =>
    scopes.includes(scope),
  );
  if (halt) {
    throw new ServiceUnavailableError(
      `${halt.scope === 'all' ? 'The gate' : halt.scope} is halted by ${halt.by}: ${halt.reason}. A person has to resume it`,
    );
  }
}

/** Waits a little for the outcome of what runs at once (DECISIONS 20). */
async function settle(parts: GateParts, id: string): Promise<StoredRequest> {
  // Patience of this call alone: a clock that is set must not make it endless.
  const until = performance.now() + outcomeWithin;
  for (;;) {
    const { request } = await parts.store.read(id);
    if (!isOpen(request.state) || performance.now() >= until) {
      return request;
    }
    await delay(50);
  }
}

/** What people and agents wrote: kept where it can be erased, hashed in the trail. */
function wordsOf({
  reason,
  recommendation,
}: RequestSubmission): Record<string, string> {
  return {
    reason,
    ...(recommendation && { recommendation: JSON.stringify(recommendation) }),
  };
}

/** Makes a request, and lets it run where policy does. */
export async function submitRequest(
  parts: GateParts,
  submission: RequestSubmission,
  caller: Caller,
  mayAsk: MayAsk,
): Promise<RequestReceipt> {
  const asked = await readAsked(parts, submission, caller);
  const key = asked.agent?.key ?? asked.requester.ref;
  await requireRunning(parts, asked.requester);
  const { owner } = asked.target.target;
  // People decide about what is theirs: nobody else's request keeps them waiting.
  const ownsTarget =
    // What is asked about a template is about one task of it: others run theirs.
    isTemplate(asked.target.target.entityRef) ||
    (!asked.agent &&
      owner?.origin === 'platform' &&
      asked.requesterGroups.includes(owner.value));
  const contentHash = hashCanonical({
    operation: asked.operation.name,
    target: asked.target.target.entityRef,
    input: asked.input,
  });
  const policed = await parts.policy.limits();
  // The breaker is for agents that go round in circles; people may insist.
  const limits = asked.agent
    ? policed
    : {
        ...policed,
        repetition: { ...policed.repetition, count: Number.MAX_SAFE_INTEGER },
      };
  const idempotency = submission.idempotencyKey && {
    principal: key,
    operation: asked.operation.name,
    key: submission.idempotencyKey,
    contentHash,
  };

  const known = idempotency && (await parts.idempotency.find(idempotency));
  if (known) {
    return toReceipt(parts, (await parts.store.read(known)).request);
  }

  for (let attempt = 1; ; attempt++) {
    const prepared = await parts.preparation.prepare(asked);
    await requireMayAsk(mayAsk, asked, prepared);
    const { request, events } = await openRequest(
      parts,
      draftRequest(
        parts,
        {
          ...asked,
          requester: await barAuthors(
            parts,
            await barEntities(parts, asked.requester),
            prepared.plan,
          ),
        },
        prepared,
        submission,
      ),
    );
    try {
      const begun = await parts.database.transaction(async trx => {
        const target = asked.target.target.entityRef;
        await parts.admission.lock(trx, { key, target });
        // Of two that come at once the second has waited here: it is no new call.
        const existing =
          idempotency && (await parts.idempotency.find(idempotency, trx));
        if (existing) {
          return { existing };
        }
        // What a refusal counted is committed with it.
        const admission = await admitRequest(parts, trx, {
          key,
          operation: asked.operation.name,
          target,
          inputHash: contentHash,
          at: asked.now,
          limits,
          ownsTarget,
          scopes: haltScopesOf(asked.requester),
        });
        if (!admission.admitted) {
          await recordBreaker(parts, trx, admission, {
            key,
            at: asked.now,
          });
          return { admission };
        }
        if (idempotency) {
          await parts.idempotency.claim(trx, {
            ...idempotency,
            requestId: request.id,
            at: asked.now,
          });
        }
        // Locks are taken in one order everywhere: request, budget, audit.
        if (request.state === 'approved') {
          await requireSpread(trx, {
            requester: request.requester.ref,
            target: request.target.entityRef,
            at: asked.now,
            limits,
          });
          await reserveFor(parts, trx, request);
        }
        await parts.journal.begin(trx, request, {
          events,
          erasable: wordsOf(submission),
          dueAt: request.state === 'approved' ? request.createdAt : undefined,
        });
        return {};
      });
      if (begun.admission) {
        requireAdmitted(begun.admission);
      }
      if (begun.existing) {
        return toReceipt(
          parts,
          (await parts.store.read(begun.existing)).request,
        );
      }
    } catch (error) {
      if (
        (error instanceof BudgetExceeded || error instanceof SpreadExceeded) &&
        request.state === 'approved' &&
        attempt < mostTries
      ) {
        // It was used up in between: policy sees it at the next look.
        asked.now = await parts.now();
        continue;
      }
      throw error;
    }
    parts.announcer.changed(request, events.at(-1)!.type);
    if (request.state !== 'approved') {
      return toReceipt(parts, request);
    }
    parts.wake();
    return toReceipt(parts, await settle(parts, request.id));
  }
}
