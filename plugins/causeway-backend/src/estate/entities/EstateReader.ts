import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import type { EntityContext, ProvenEdge } from '../projection/model';
import type { EstateCounts } from './rows';

const batchSize = 400;

/** The row of an inferred edge. */
export interface DbEdgeRow {
  from_ref: string;
  type: ProvenEdge['type'];
  to_ref: string;
  rule: string;
  evidence: string;
  confidence: ProvenEdge['confidence'];
  partition: string;
}

function batches<T>(list: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let start = 0; start < list.length; start += batchSize) {
    all.push(list.slice(start, start + batchSize));
  }
  return all;
}

/** Reads a row. */
export function toEdge({ from_ref, to_ref, ...rest }: DbEdgeRow): ProvenEdge {
  const { type, rule, evidence, confidence, partition } = rest;
  return {
    from: from_ref,
    type,
    to: to_ref,
    rule,
    evidence,
    confidence,
    partition,
  };
}

/** What is served of the projection: the same on every replica. */
export class EstateReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Contexts by reference; those that the estate does not know are absent. */
  async contexts(refs: readonly string[]): Promise<Map<string, EntityContext>> {
    const found = new Map<string, EntityContext>();
    for (const batch of batches(refs)) {
      const rows: { ref: string; context: string }[] = await this.#knex(
        'estate_contexts',
      )
        .whereIn('ref', batch)
        .select('ref', 'context');
      for (const { ref, context } of rows) {
        found.set(ref, JSON.parse(context));
      }
    }
    return found;
  }

  /** Of these references, those that the estate or its index of the catalog holds. */
  async living(refs: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const batch of batches(refs)) {
      const rows: { ref: string }[] = await this.#knex('estate_entities')
        .whereIn('ref', batch)
        .whereNull('removed_at')
        .select('ref')
        .union([
          this.#knex('estate_search')
            .whereIn('ref', batch)
            .andWhere('origin', 'catalog')
            .select('ref'),
        ]);
      rows.forEach(({ ref }) => found.add(ref));
    }
    return found;
  }

  /** Inferred edges that start at one of these references. */
  async edgesFrom(refs: readonly string[]): Promise<ProvenEdge[]> {
    const found: ProvenEdge[] = [];
    for (const batch of batches(refs)) {
      const rows: DbEdgeRow[] = await this.#knex('estate_edges').whereIn(
        'from_ref',
        batch,
      );
      found.push(...rows.map(toEdge));
    }
    return found;
  }

  /** Problems of these entities, or all. */
  async problems(refs?: readonly string[]): Promise<EstateProblem[]> {
    const found: EstateProblem[] = [];
    for (const batch of refs ? batches(refs) : [undefined]) {
      const rows: { problem: string }[] = await this.#knex('estate_problems')
        .modify(query => {
          if (batch) {
            query.whereIn('entity_ref', batch);
          }
        })
        .orderBy('id')
        .select('problem');
      found.push(...rows.map(({ problem }) => JSON.parse(problem)));
    }
    return found;
  }

  /** Counts of the last projection, and when it was. */
  async summary(): Promise<{ counts: EstateCounts; projectedAt?: number }> {
    const row = await this.#knex('estate_projection')
      .where({ id: 1 })
      .first('counts', 'projected_at');
    return {
      counts: row.counts
        ? JSON.parse(row.counts)
        : { entities: 0, edges: 0, byType: {}, byRelation: {} },
      projectedAt:
        row.projected_at === null ? undefined : Number(row.projected_at),
    };
  }
}
