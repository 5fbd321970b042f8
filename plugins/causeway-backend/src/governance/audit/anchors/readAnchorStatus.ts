import type {
  AnchorSinkStatus,
  AuditAnchors,
} from '@causeway/backstage-plugin-causeway-common';
import {
  type Checkpoint,
  readHead,
  type SignedCheckpoint,
  timeOf,
  toSummary,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { readDatabaseTime } from '../../../estate/partitions/databaseTime';
import { runSql } from '../../sql/runSql';
import { AnchorMismatch } from './AnchorMismatch';
import { createSinks } from './Anchoring';
import type { AnchorSettings } from './AnchorSettings';
import { AnchorSteps } from './AnchorSteps';
import { CheckpointStore } from './CheckpointStore';

/** What outside of the database vouches for the trail, as far as the gate knows. */
export async function readAnchorStatus(
  database: Knex,
  settings: AnchorSettings | undefined,
): Promise<AuditAnchors> {
  const { head } = await readHead(runSql(database));
  const now = await readDatabaseTime(database);
  const end = head?.seq ?? 0;
  if (!settings) {
    return {
      state: 'off',
      why: 'causeway.gate.audit.anchors names no key that signs where the trail ends',
      open: end,
      sinks: [],
      now,
    };
  }
  const steps = new AnchorSteps(database);
  const { failing: refused } = await steps.read('sign');
  const { last, get, broken } = await readCheckpoints(database);
  const number = last?.number ?? 0;
  const sinks = await Promise.all(
    createSinks(settings).map(
      async ({ kind, name }): Promise<AnchorSinkStatus> => {
        const { delivered, failing } = await steps.read(kind);
        const behind = Math.max(0, number - delivered);
        return { kind, name, delivered, behind, ...(failing && { failing }) };
      },
    ),
  );
  const least = Math.min(number, ...sinks.map(({ delivered }) => delivered));
  const anchored = least > 0 ? await get(least) : undefined;
  const why =
    refused?.why ??
    broken ??
    (await findOverdue(database, { after: last?.seq ?? 0, settings, now }));
  const isBehind = sinks.some(({ behind, failing }) => behind > 0 || failing);
  return {
    state:
      (why !== undefined && 'refused') ||
      (isBehind && 'behind') ||
      (last ? 'anchored' : 'waiting'),
    ...(why !== undefined && { why }),
    key: settings.key.id,
    ...(anchored && { anchored: toSummary(anchored) }),
    ...(last && { last: toSummary(last) }),
    open: Math.max(0, end - (last?.seq ?? 0)),
    sinks,
    now,
  };
}

/** Milliseconds beyond its time after which it is no chance that nothing was signed. */
const slack = 2 * 60_000;

/** Whether entries wait for their signature longer than they should, and no replica says why. */
async function findOverdue(
  database: Knex,
  {
    after,
    settings,
    now,
  }: { after: number; settings: AnchorSettings; now: number },
): Promise<string | undefined> {
  const first = await database('gate_audit_entries')
    .where('seq', '>', after)
    .orderBy('seq')
    .first<{ seq: number | string; at: number | string } | undefined>(
      'seq',
      'at',
    );
  return first && now - Number(first.at) > settings.every + slack
    ? `entry ${first.seq} waits for its signature since ${timeOf(Number(first.at))}: is a portal running that carries requests out, and what does its log say?`
    : undefined;
}

/** Checkpoints of the database, in which somebody may have changed them. */
async function readCheckpoints(database: Knex): Promise<{
  last?: Checkpoint;
  get(number: number): Promise<Checkpoint | undefined>;
  broken?: string;
}> {
  const store = new CheckpointStore(database);
  const orNone = async (read: Promise<SignedCheckpoint | undefined>) => {
    try {
      return { checkpoint: (await read)?.checkpoint };
    } catch (error) {
      if (error instanceof AnchorMismatch) {
        return { broken: error.message };
      }
      throw error;
    }
  };
  const { checkpoint: last, broken } = await orNone(store.last());
  return {
    last,
    get: async number => (await orNone(store.get(number))).checkpoint,
    broken,
  };
}
