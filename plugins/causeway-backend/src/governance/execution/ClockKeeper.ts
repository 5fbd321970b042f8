import type { RequestState } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { become } from '../requests/evolve';
import type { GateParts } from '../requests/GateParts';
import type { NewEvent } from '../requests/RequestStore';
import type { StoredRequest } from '../requests/StoredRequest';

type Parts = Pick<
  GateParts,
  'database' | 'store' | 'journal' | 'budget' | 'announcer' | 'logger' | 'now'
>;

/** Most requests of one round. */
const batch = 100;

interface Turn {
  /** Which requests may be due. */
  select(query: Knex.QueryBuilder, now: number): void;
  /** What a due one becomes; `undefined` where it turns out not to be. */
  turn(
    request: StoredRequest,
    now: number,
  ): { after: StoredRequest; event: NewEvent } | undefined;
}

const turns: Turn[] = [
  {
    select: (query, now) =>
      query.where('state', 'pending').where('decide_by', '<=', now),
    turn: (request, now) =>
      end(request, 'expired', 'Expired', now, {
        due: request.decideBy,
        why: 'Nobody decided in time',
      }),
  },
  {
    select: (query, now) =>
      query.where('state', 'approved').where('execute_by', '<=', now),
    turn: (request, now) =>
      end(request, 'lapsed', 'Lapsed', now, {
        due: request.executeBy,
        why: 'It was approved and could not begin in time',
      }),
  },
  {
    select: (query, now) =>
      query.where('state', 'pending').where('escalate_at', '<=', now),
    turn: (request, now) => {
      const { escalation } = request.approval;
      if (!escalation || !request.escalateAt || request.escalateAt > now) {
        return undefined;
      }
      return {
        // More people may vote; how many have to, and who never may, stays (THREATS H9).
        after: {
          ...request,
          updatedAt: now,
          escalateAt: undefined,
          deciders: [
            ...new Set([...request.deciders, ...escalation.groups]),
          ].sort(),
        },
        event: {
          type: 'Escalated',
          by: 'gate',
          message: `${escalation.groups.join(', ')} may decide, too`,
        },
      };
    },
  },
];

function end(
  request: StoredRequest,
  state: RequestState,
  type: NewEvent['type'],
  now: number,
  { due, why }: { due?: number; why: string },
): ReturnType<Turn['turn']> {
  return due !== undefined && due <= now
    ? {
        after: become(request, state, { at: now, why }),
        event: { type, by: 'gate', message: why },
      }
    : undefined;
}

/** Ends what nobody decided or began in time, and tells more people. Time only expires or escalates: it never approves. */
export class ClockKeeper {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** One look at everything that is due; safe on many replicas at once. */
  async look(): Promise<void> {
    const { database, now: readNow } = this.#parts;
    const now = await readNow();
    for (const { select, turn } of turns) {
      const due: { id: string }[] = await database('gate_requests')
        .modify(query => select(query, now))
        .limit(batch)
        .select('id');
      for (const { id } of due) {
        await this.#turn(id, now, turn);
      }
    }
  }

  async #turn(id: string, now: number, turn: Turn['turn']): Promise<void> {
    const { database, store, journal, budget, announcer, logger } = this.#parts;
    try {
      const turned = await database.transaction(async trx => {
        const locked = await store.lock(trx, id);
        const { state } = locked.request;
        const next =
          state === 'pending' || state === 'approved'
            ? turn(locked.request, now)
            : undefined;
        if (!next) {
          return undefined;
        }
        const over = next.after.state !== state;
        if (over) {
          await budget.release(trx, id, now, 'lapsed');
        }
        const request = await journal.write(trx, locked, next.after, {
          events: [next.event],
          ...(over && { work: { dueAt: undefined } }),
        });
        return { request, type: next.event.type };
      });
      if (turned) {
        announcer.changed(turned.request, turned.type);
      }
    } catch (error) {
      // Another replica was quicker, or the database is away: the next look finds it.
      logger.debug(`Request ${id} could not be turned: ${error}`);
    }
  }
}
