import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectedFacts } from '../facts/model';
import type {
  EntityContext,
  ProjectedEdge,
  ProjectedEntity,
} from '../projection/model';
import { byText } from '../projection/compare';
import type { ProjectionSink } from '../projection/ProjectionSink';
import {
  contextRow,
  edgeRow,
  entityRow,
  factsRow,
  problemRow,
  projectedTables,
  type EstateCounts,
  type ProjectedTable,
  type RowDifference,
  type WantedRow,
} from './rows';

type Differences = Record<ProjectedTable, RowDifference>;

/**
 * Holds what a projection finds against the hashes of what is stored, and
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

  entity(entity: ProjectedEntity): void {
    const { byType } = this.counts;
    byType[entity.type] = (byType[entity.type] ?? 0) + 1;
    this.counts.entities += 1;
    this.#compare('entities', entityRow(entity));
  }

  edge(edge: ProjectedEdge): void {
    const { byRelation } = this.counts;
    byRelation[edge.type] = (byRelation[edge.type] ?? 0) + 1;
    this.counts.edges += 1;
    this.#compare('edges', edgeRow(edge));
  }

  context(context: EntityContext): void {
    this.#compare('contexts', contextRow(context));
  }

  facts(facts: ProjectedFacts): void {
    this.#compare('facts', factsRow(facts));
  }

  problem(problem: EstateProblem): void {
    this.#compare('problems', problemRow(problem));
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

  #compare(table: ProjectedTable, wanted: WantedRow): void {
    const { key, hash } = wanted;
    const stored = this.#stored[table].get(key);
    if (stored !== undefined) {
      this.#found[table].add(key);
    }
    if (stored !== hash) {
      this.#differences[table].upsert.push(wanted);
    }
  }
}
