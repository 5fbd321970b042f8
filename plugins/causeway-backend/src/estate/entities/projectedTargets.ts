import type { UpsertTarget } from '../sql/upsertRows';
import type { ProjectedTable } from './rows';

/** The tables that follow the projection, as they are written. */
export const projectedTargets = {
  entities: {
    table: 'estate_entities',
    columns: {
      ref: 'text',
      type: 'text',
      location_key: 'text',
      entity: 'text',
      hash: 'text',
      seq: 'bigint',
      first_seen_at: 'bigint',
      removed_at: 'bigint',
    },
    key: ['ref'],
    kept: ['first_seen_at'],
  },
  contexts: {
    table: 'estate_contexts',
    columns: { ref: 'text', context: 'text', hash: 'text' },
    key: ['ref'],
  },
  facts: {
    table: 'estate_facts',
    columns: {
      ref: 'text',
      facts: 'text',
      hash: 'text',
      since: 'bigint',
      kept: 'text',
    },
    key: ['ref'],
  },
  edges: {
    table: 'estate_edges',
    columns: {
      from_ref: 'text',
      type: 'text',
      to_ref: 'text',
      rule: 'text',
      evidence: 'text',
      confidence: 'text',
      partition: 'text',
      first_seen_at: 'bigint',
    },
    key: ['from_ref', 'type', 'to_ref'],
    kept: ['first_seen_at'],
  },
  problems: {
    table: 'estate_problems',
    columns: {
      id: 'text',
      entity_ref: 'text',
      problem: 'text',
      hash: 'text',
    },
    key: ['id'],
  },
} as const satisfies Record<ProjectedTable, UpsertTarget>;
