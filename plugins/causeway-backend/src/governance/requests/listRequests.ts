import { InputError } from '@backstage/errors';
import type {
  RequestPage,
  RequestQuery,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import { toListed } from './toListed';
import { fromRow } from './rows';
import type { RequestColumnFilter, RequestFilter } from './RequestFilter';

/** Who asks for a list. */
export interface Viewer {
  ref: string;
  /** Groups by which the viewer may vote; empty for what never votes. */
  groups: readonly string[];
  /** Whether the viewer may say what came of what nobody knows. */
  reconciles: boolean;
}

/** More are not counted. */
const mostCounted = 10_000;

const columnOf: Record<RequestColumnFilter['column'], string> = {
  owner: 'owner',
  environment: 'environment',
  operation: 'operation',
  tier: 'tier',
  requester: 'requester',
};

/** Adds what a caller may see to a query, so that the database decides it. */
export function applyFilter(
  query: Knex.QueryBuilder,
  filter: RequestFilter,
): void {
  if ('not' in filter) {
    query.whereNot(inner => applyFilter(inner, filter.not));
  } else if ('allOf' in filter) {
    filter.allOf.forEach(one =>
      query.andWhere(inner => applyFilter(inner, one)),
    );
  } else if ('anyOf' in filter && !('column' in filter)) {
    query.andWhere(inner =>
      filter.anyOf.forEach(one =>
        inner.orWhere(each => applyFilter(each, one)),
      ),
    );
  } else {
    const { column, anyOf } = filter as RequestColumnFilter;
    query.whereIn(columnOf[column], [...anyOf]);
  }
}

/**
 * Keeps what waits for somebody: a vote on it, a task that its deciders do, or
 * a look at what came of it.
 */
function onlyWanting(query: Knex.QueryBuilder, knex: Knex, viewer: Viewer) {
  const decides = knex('gate_deciders')
    .whereRaw('gate_deciders.request_id = gate_requests.id')
    .whereIn('gate_deciders.ref', viewer.groups);
  query
    .andWhere(wanting => {
      wanting.where(mine =>
        mine.whereIn('state', ['pending', 'manual']).whereExists(decides),
      );
      if (viewer.reconciles) {
        wanting.orWhere('state', 'unknown');
      }
    })
    .whereNotExists(
      knex('gate_barred')
        .whereRaw('gate_barred.request_id = gate_requests.id')
        .whereIn('gate_barred.ref', [viewer.ref, ...viewer.groups]),
    )
    .whereNotExists(
      knex('gate_votes')
        .whereRaw('gate_votes.request_id = gate_requests.id')
        .whereNull('withdrawn_at')
        .where('voter', viewer.ref),
    );
}

function narrow(
  query: Knex.QueryBuilder,
  knex: Knex,
  wanted: RequestQuery,
  viewer: Viewer,
): void {
  const anyOf = (column: string, values?: readonly (string | number)[]) => {
    if (values && values.length > 0) {
      query.whereIn(column, [...values]);
    }
  };
  anyOf('state', wanted.state);
  anyOf('operation', wanted.operation);
  anyOf('environment', wanted.environment);
  anyOf('owner', wanted.owner);
  anyOf('risk', wanted.risk);
  anyOf('tier', wanted.tier);
  anyOf('target', wanted.target?.toLowerCase().split(','));
  anyOf('requester', wanted.requester?.toLowerCase().split(','));
  if (wanted.asked) {
    query.where('requester', viewer.ref);
  }
  if (wanted.mine) {
    onlyWanting(query, knex, viewer);
  }
  for (const word of wanted.text?.toLowerCase().split(/\s+/) ?? []) {
    query.whereLike('words', `%${word.replace(/[\\%_]/g, '')}%`);
  }
}

interface Order {
  column: string;
  direction: 'asc' | 'desc';
}

const orders: Record<NonNullable<RequestQuery['order']>, Order> = {
  urgency: { column: 'urgency', direction: 'asc' },
  newest: { column: 'created_at', direction: 'desc' },
};

function readCursor(cursor: string): [number, string] {
  const match = /^(\d+)~([\w-]+)$/.exec(cursor);
  if (!match) {
    throw new InputError(
      `The cursor '${cursor.slice(0, 80)}' is none of a list of requests; leave it out to begin at the front`,
    );
  }
  return [Number(match[1]), match[2]];
}

async function readMine(knex: Knex, ids: string[], viewer: Viewer) {
  const rows: { id: string }[] = await knex('gate_requests')
    .whereIn('id', ids)
    .modify(query => onlyWanting(query, knex, viewer))
    .select('id');
  return new Set(rows.map(({ id }) => id));
}

async function countApprovals(knex: Knex, ids: string[]) {
  const rows: { request_id: string; votes: number | string }[] = await knex(
    'gate_votes',
  )
    .whereIn('request_id', ids)
    .where('decision', 'approve')
    .whereNull('withdrawn_at')
    .groupBy('request_id')
    .select('request_id')
    .count('* as votes');
  return new Map(rows.map(row => [row.request_id, Number(row.votes)]));
}

/** What a list is narrowed to, besides what is asked for. */
interface Bounds {
  viewer: Viewer;
  filter?: RequestFilter;
  /** Requests about these alone. */
  targets?: readonly string[];
}

function onlyWanted(
  query: Knex.QueryBuilder,
  knex: Knex,
  wanted: RequestQuery,
  { viewer, filter, targets }: Bounds,
): void {
  narrow(query, knex, wanted, viewer);
  if (filter) {
    query.andWhere(inner => applyFilter(inner, filter));
  }
  if (targets) {
    // One value, however many there are: statements take a bounded number.
    if (knex.client.config.client === 'pg') {
      query.whereRaw('target = any(?)', [[...targets]]);
    } else {
      query.whereRaw('target in (select value from json_each(?))', [
        JSON.stringify(targets),
      ]);
    }
  }
}

/** What the requests of a list are about: for those who may not read every target. */
export async function listTargets(
  knex: Knex,
  wanted: RequestQuery,
  bounds: Bounds,
): Promise<string[]> {
  const rows: { target: string }[] = await knex('gate_requests')
    .modify(query => onlyWanted(query, knex, wanted, bounds))
    .distinct('target');
  return rows.map(({ target }) => target);
}

/** One page of requests, filtered and ordered by the database. */
export async function listRequests(
  knex: Knex,
  wanted: RequestQuery,
  options: Bounds & { now: number },
): Promise<RequestPage> {
  const { viewer, now } = options;
  const limit = Math.min(Math.max(wanted.limit ?? 50, 1), 200);
  const { column, direction } = orders[wanted.order ?? 'urgency'];
  const seen = () =>
    knex('gate_requests').modify(query =>
      onlyWanted(query, knex, wanted, options),
    );
  const after = wanted.cursor ? readCursor(wanted.cursor) : undefined;
  const rows: { id: string; document: string; place: number | string }[] =
    await seen()
      .modify(query => {
        if (after) {
          const beyond = direction === 'asc' ? '>' : '<';
          query.andWhere(inner =>
            inner
              .where(column, beyond, after[0])
              .orWhere(same =>
                same.where(column, after[0]).andWhere('id', beyond, after[1]),
              ),
          );
        }
      })
      .orderBy([
        { column, order: direction },
        { column: 'id', order: direction },
      ])
      .limit(limit + 1)
      .select('id', 'document', { place: column });
  const page = rows.slice(0, limit);
  const ids = page.map(({ id }) => id);
  const [mine, approvals, counted] = await Promise.all([
    readMine(knex, ids, viewer),
    countApprovals(knex, ids),
    knex
      .count('* as all')
      .from(seen().select('id').limit(mostCounted).as('counted'))
      .first<{ all: number | string }>(),
  ]);
  const last = page.at(-1);
  return {
    items: page.map(row => {
      const listed = toListed(fromRow(row), mine.has(row.id));
      listed.quorum.approvals = approvals.get(row.id) ?? 0;
      return listed;
    }),
    ...(rows.length > limit &&
      last && { nextCursor: `${last.place}~${last.id}` }),
    total: Number(counted.all),
    now,
  };
}
