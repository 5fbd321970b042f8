import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { Choice, Halt } from '@causeway/backstage-plugin-causeway-common';
import type { Caller, Principal } from '../principals/Principal';
import type { GateParts } from '../requests/GateParts';
import { requireHaltScope } from './requireHaltScope';
import { isPerson } from '../votes/eligibility';

type Parts = Pick<
  GateParts,
  'database' | 'halts' | 'audit' | 'membership' | 'settings' | 'now' | 'logger'
>;

/** Stopping is for people of groups that configuration names, permissions besides (THREATS C5, M11). */
export function mayHalt(
  { halters }: Pick<GateParts['settings'], 'halters'>,
  { principal, groups }: { principal: Principal; groups: readonly string[] },
): Choice {
  const person = isPerson({ principal }, 'halt the gate');
  if (!person.allowed || halters.some(group => groups.includes(group))) {
    return person;
  }
  return {
    allowed: false,
    why:
      halters.length === 0
        ? 'Nobody can halt the gate: causeway.gate.halters names no group'
        : `Members of ${halters.join(', ')} halt the gate`,
  };
}

async function requireHalter(
  { membership, settings }: Parts,
  { principal }: Caller,
): Promise<void> {
  const groups = (await membership.person(principal.ref))?.groups ?? [];
  const choice = mayHalt(settings, { principal, groups });
  if (!choice.allowed) {
    throw new NotAllowedError(choice.why);
  }
}

/** Stops everything, or one agent: nothing of it is taken or begun from here on. */
export async function haltGate(
  parts: Parts,
  { scope, reason }: Pick<Halt, 'scope' | 'reason'>,
  caller: Caller,
): Promise<Halt[]> {
  await requireHalter(parts, caller);
  if (!scope.trim() || !reason.trim()) {
    throw new InputError('A halt needs a scope and a reason');
  }
  await requireHaltScope(parts, scope);
  const since = await parts.now();
  const by = caller.principal.ref;
  await parts.database.transaction(async trx => {
    if (!(await parts.halts.halt(trx, { scope, reason, by, since }))) {
      throw new ConflictError(`${scope} is halted already`);
    }
    await parts.audit.append(trx, [
      {
        type: 'halt',
        action: 'Halted',
        by,
        subject: scope,
        detail: {},
        erasable: { reason },
        at: since,
      },
    ]);
  });
  parts.logger.warn(`The gate is halted for ${scope} by ${by}`);
  return parts.halts.list();
}

/** Lets things go on. */
export async function resumeGate(
  parts: Parts,
  { scope, reason }: { scope: string; reason: string },
  caller: Caller,
): Promise<Halt[]> {
  await requireHalter(parts, caller);
  const at = await parts.now();
  const by = caller.principal.ref;
  await parts.database.transaction(async trx => {
    if (!(await parts.halts.resume(trx, { scope, by, at }))) {
      throw new NotFoundError(`Nothing is halted for '${scope.slice(0, 200)}'`);
    }
    await parts.audit.append(trx, [
      {
        type: 'halt',
        action: 'Resumed',
        by,
        subject: scope,
        detail: {},
        erasable: { reason },
        at,
      },
    ]);
  });
  return parts.halts.list();
}
