// Puts requests that wait straight into the tables: what a real one is, with
// another id, target, owner and deadline.
import { createRequire } from 'node:module';
import { actors, requesters } from './gatePeople.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { fromRow, toRow } = require('../src/governance/requests/rows.ts');

const insert = (knex, table, rows) => knex.batchInsert(table, rows, 200);

export async function fillQueue(knex, { count, targets }) {
  const row = await knex('gate_requests').where({ state: 'pending' }).first();
  const model = fromRow(row);
  await knex('gate_requests').where({ state: 'pending' }).update({
    state: 'withdrawn',
  });
  const requests = Array.from({ length: count }, (_, n) => {
    const [entityRef, { spec, metadata }] = targets[n % targets.length];
    const requester = requesters[n % requesters.length];
    return {
      ...model,
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      target: {
        ...model.target,
        entityRef,
        title: metadata.name,
        owner: spec.owner,
      },
      requester: { ...model.requester, ref: requester, set: [requester] },
      decideBy: model.decideBy + n * 1000,
      createdAt: model.createdAt + n,
      deciders: [spec.owner, 'group:default/platform'],
    };
  });
  await insert(
    knex,
    'gate_requests',
    requests.map(request => toRow(request)),
  );
  const refs = (table, of) =>
    insert(
      knex,
      table,
      requests.flatMap(request =>
        of(request).map(ref => ({ request_id: request.id, ref })),
      ),
    );
  await refs('gate_deciders', ({ deciders }) => deciders);
  await refs('gate_barred', ({ requester }) => requester.set);
  // One vote on every other request.
  await insert(
    knex,
    'gate_votes',
    requests
      .filter((_, n) => n % 2)
      .map(({ id, digest }, n) => ({
        id: `vote-${n}`,
        request_id: id,
        voter: actors.reader.replace('-0', '-7'),
        decision: 'approve',
        at: model.createdAt,
        digest,
        presence: 'unattested',
      })),
  );
  if (knex.client.config.client === 'pg') {
    await knex.raw('analyze');
  }
}
