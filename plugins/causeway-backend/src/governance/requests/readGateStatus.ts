import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { mayHalt } from '../agents/haltGate';
import { mayReadAudit } from '../audit/mayReadAudit';
import type { Principal } from '../principals/Principal';
import type { GateParts } from './GateParts';
import { listRequests, type Viewer } from './listRequests';
import type { RequestFilter } from './RequestFilter';

/**
 * Freezes of a policy that hold now, as its document tells them. One that is
 * about operations that there are not holds up nothing.
 */
function readFreezes(
  document: unknown,
  now: number,
  { get }: GateParts['operations'],
): GateStatus['freezes'] {
  const { spec } = (document ?? {}) as {
    spec?: {
      freezes?: {
        name: string;
        reason?: string;
        from?: string;
        to?: string;
        operations?: string[];
      }[];
    };
  };
  return (spec?.freezes ?? []).flatMap(
    ({ name, reason, from, to, operations }) => {
      const begins = from === undefined ? undefined : Date.parse(from);
      const ends = to === undefined ? undefined : Date.parse(to);
      const holds =
        (begins !== undefined || ends !== undefined) &&
        (operations === undefined || operations.some(get)) &&
        (begins === undefined || begins <= now) &&
        (ends === undefined || now < ends);
      return holds ? [{ name, reason: reason ?? name, until: ends }] : [];
    },
  );
}

/** How the gate is, and what waits for the viewer. */
export async function readGateStatus(
  parts: Pick<
    GateParts,
    'database' | 'halts' | 'operations' | 'policy' | 'settings' | 'now'
  >,
  viewer: Viewer & { principal: Principal },
  filter?: RequestFilter,
): Promise<GateStatus> {
  const { database, halts, operations, policy, settings } = parts;
  const now = await parts.now();
  const count = async (mine: boolean) =>
    (
      await listRequests(
        database,
        mine ? { mine, limit: 1 } : { state: ['pending'], limit: 1 },
        { viewer, filter, now },
      )
    ).total;
  const view = await policy.view();
  const halted = await halts.list();
  return {
    open:
      settings.closed === undefined &&
      !halted.some(({ scope }) => scope === 'all'),
    why: settings.closed,
    halts: halted,
    freezes: readFreezes(view.document, now, operations),
    pending: await count(false),
    mine: await count(true),
    policy: {
      hash: view.hash,
      origin: view.origin,
      invalid: view.invalid !== undefined,
    },
    choices: {
      halt: mayHalt(settings, viewer),
      readAudit: mayReadAudit(settings, viewer),
    },
    now,
  };
}
