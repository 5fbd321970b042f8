import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { contentHash } from '../contentHash';
import type { ProjectedFacts } from '../facts/model';
import type {
  EntityContext,
  ProjectedEdge,
  ProjectedEntity,
} from '../projection/model';
import { byText } from '../projection/compare';
import type { ProjectionSink } from '../projection/ProjectionSink';
import {
  edgeContent,
  projectedTables,
  type EstateCounts,
  type ProjectedTable,
  type RowDifference,
} from './rows';

/** Nearly all entities have it: their hash is that of their text, which need not be copied. */
const usualLocationKey = 'causeway';

type Differences = Record<ProjectedTable, RowDifference>;

/**
 * Text is comparable because the projection builds its objects in a fixed
 * order. Holds what a projection finds against the hashes of what is stored, and
 * keeps only what differs: an unchanged estate leaves nothing behind.
 */
export class RowComparison implements ProjectionSink {
  readonly counts: EstateCounts = {
    entities: 0,
    edges: 0,
    byType: {},
    byRelation: {},
  };

  readonly #stored: Record<ProjectedTable, ReadonlyMap<string, string>>;
  /** Keys that were stored and were found again. */
  readonly #found = {} as Record<ProjectedTable, Set<string>>;
  readonly #differences = {} as Differences;

  constructor(stored: Record<ProjectedTable, ReadonlyMap<string, string>>) {
    this.#stored = stored;
    for (const table of projectedTables) {
      this.#found[table] = new Set();
      this.#differences[table] = { upsert: [], added: [], remove: [] };
    }
  }

  entity({ ref, type, entity, locationKey }: ProjectedEntity): void {
    const { byType } = this.counts;
    byType[type] = (byType[type] ?? 0) + 1;
    this.counts.entities += 1;
    const text = JSON.stringify(entity);
    const hash = contentHash(
      locationKey === usualLocationKey ? text : `${locationKey ?? ''}\0${text}`,
    );
    if (this.#differs('entities', ref, hash)) {
      this.#differences.entities.upsert.push({
        key: ref,
        hash,
        ref,
        type,
        location_key: locationKey ?? null,
        entity: text,
      });
    }
  }

  edge(edge: ProjectedEdge): void {
    const { byRelation } = this.counts;
    const { key, type } = edge;
    byRelation[type] = (byRelation[type] ?? 0) + 1;
    this.counts.edges += 1;
    const hash = edgeContent(edge);
    if (this.#differs('edges', key, hash)) {
      this.#differences.edges.upsert.push({
        key,
        hash,
        from_ref: edge.from,
        type,
        to_ref: edge.to,
        rule: edge.rule,
        evidence: edge.evidence,
        confidence: edge.confidence,
        partition: edge.partition,
      });
    }
  }

  context(context: EntityContext): void {
    const { ref } = context;
    const text = JSON.stringify(context);
    const hash = contentHash(text);
    if (this.#differs('contexts', ref, hash)) {
      this.#differences.contexts.upsert.push({
        key: ref,
        hash,
        ref,
        context: text,
      });
    }
  }

  facts({ ref, type, identity, groups }: ProjectedFacts): void {
    const text = JSON.stringify({ type, identity, groups });
    const hash = contentHash(text);
    if (this.#differs('facts', ref, hash)) {
      this.#differences.facts.upsert.push({ key: ref, hash, ref, facts: text });
    }
  }

  problem(problem: EstateProblem): void {
    const { id, entityRef } = problem;
    const text = JSON.stringify(problem);
    const hash = contentHash(text);
    if (this.#differs('problems', id, hash)) {
      this.#differences.problems.upsert.push({
        key: id,
        hash,
        id,
        entity_ref: entityRef ?? null,
        problem: text,
      });
    }
  }

  /**
   * What differs, in order of keys, once the projection has come to its end.
   *
   * @param part - whether only a part was projected: then nothing is gone
   */
  finish(part = false): Differences {
    for (const table of projectedTables) {
      const found = this.#found[table];
      const stored = this.#stored[table];
      const difference = this.#differences[table];
      // Where as much is found as was stored, nothing went.
      if (!part && found.size !== stored.size) {
        difference.remove = [...stored.keys()].filter(key => !found.has(key));
      }
      const { upsert, remove } = difference;
      upsert.sort(byText(({ key }) => key));
      remove.sort();
      for (const { key } of upsert) {
        if (!stored.has(key)) {
          difference.added.push(key);
        }
      }
    }
    return this.#differences;
  }

  #differs(table: ProjectedTable, key: string, hash: string): boolean {
    const stored = this.#stored[table].get(key);
    if (stored !== undefined) {
      this.#found[table].add(key);
    }
    return stored !== hash;
  }
}
