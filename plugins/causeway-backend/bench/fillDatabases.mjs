// Puts an estate straight into the tables of a catalog and of the causeway
// plugin: through a provider the catalog alone takes minutes for 20,000
// entities. What stands in the tables afterwards is what it would have written.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const { buildEntitySearch } = require(
  join(
    dirname(require.resolve('@backstage/plugin-catalog-backend')),
    'database/operations/stitcher/buildEntitySearch.cjs.js',
  ),
);

const uuid = n => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const insert = (knex, table, rows) => knex.batchInsert(table, rows, 400);

/** Fills the catalog's tables; processing of everything is far away. */
export async function fillCatalog(knex, { entities }) {
  const all = [...entities].map(([ref, entity], n) => ({
    ref,
    id: uuid(n),
    entity: {
      ...entity,
      metadata: { ...entity.metadata, uid: uuid(n), etag: 'bench' },
    },
  }));
  await insert(
    knex,
    'refresh_state',
    all.map(({ ref, id, entity }) => ({
      entity_id: id,
      entity_ref: ref,
      unprocessed_entity: '{}',
      processed_entity: JSON.stringify(entity),
      errors: '[]',
      next_update_at: '2099-01-01T00:00:00Z',
      last_discovery_at: '2026-01-01T00:00:00Z',
    })),
  );
  await insert(
    knex,
    'final_entities',
    all.map(({ ref, id, entity }) => ({
      entity_id: id,
      entity_ref: ref,
      hash: 'bench',
      final_entity: JSON.stringify(entity),
    })),
  );
  await insert(
    knex,
    'search',
    all.flatMap(({ id, entity }) => buildEntitySearch(id, entity)),
  );
  if (knex.client.config.client === 'pg') {
    await knex.raw('analyze');
  }
}

/** Fills the projection's tables, with a lease that keeps the projector away. */
export async function fillEstate(knex, { entities, contexts, edges }) {
  let seq = 0;
  await insert(
    knex,
    'estate_entities',
    [...entities].map(([ref, { relations, ...entity }]) => ({
      ref,
      type: entity.spec.type,
      entity: JSON.stringify(entity),
      hash: `${(seq += 1)}`,
      seq,
      first_seen_at: 1,
    })),
  );
  await insert(
    knex,
    'estate_contexts',
    contexts.map((context, n) => ({
      ref: context.ref,
      context: JSON.stringify(context),
      hash: `${n}`,
    })),
  );
  await insert(
    knex,
    'estate_edges',
    edges.map(({ from, type, to }) => ({
      from_ref: from,
      type,
      to_ref: to,
      rule: 'bench',
      evidence: `${from} names ${to}`,
      confidence: 'certain',
      partition: 'bench',
      first_seen_at: 1,
    })),
  );
  await knex('estate_projection').where({ id: 1 }).update({
    seq,
    projected_at: 1,
    holder: 'bench',
    lease_expires_at: 9e12,
  });
  if (knex.client.config.client === 'pg') {
    await knex.raw('analyze');
  }
}
