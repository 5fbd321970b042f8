import { createHash } from 'node:crypto';
import type { Projection } from '../projection/model';
import { mapInPieces } from '../projection/pieces';

/** Rows of one table, as the projection wants them. */
export interface WantedRow {
  /** Primary key, as one text. */
  key: string;
  hash: string;
  row: Record<string, unknown>;
}

/** The tables that follow the projection. */
export const projectedTables = [
  'entities',
  'contexts',
  'edges',
  'problems',
] as const;

/** One of {@link projectedTables}. */
export type ProjectedTable = (typeof projectedTables)[number];

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

/** What separates the parts of a primary key; references hold none. */
export const keySeparator = ' ';

/**
 * The rows of a projection with their content hashes; pauses now and then, as
 * a large estate takes a while. JSON text is comparable because the projection
 * builds its objects in a fixed order.
 */
export function* toRows(
  projection: Projection,
): Generator<undefined, Record<ProjectedTable, WantedRow[]>> {
  const entities = yield* mapInPieces(
    projection.entities,
    ({ ref, type, entity, locationKey }) => {
      const text = JSON.stringify(entity);
      return {
        key: ref,
        hash: sha256(`${locationKey ?? ''}\0${text}`),
        row: { ref, type, location_key: locationKey ?? null, entity: text },
      };
    },
  );
  yield;
  const contexts = yield* mapInPieces(projection.contexts, context => {
    const text = JSON.stringify(context);
    return {
      key: context.ref,
      hash: sha256(text),
      row: { ref: context.ref, context: text },
    };
  });
  yield;
  const edges = yield* mapInPieces(projection.edges, edge => ({
    key: [edge.from, edge.type, edge.to].join(keySeparator),
    hash: sha256(JSON.stringify(edge)),
    row: {
      from_ref: edge.from,
      type: edge.type,
      to_ref: edge.to,
      rule: edge.rule,
      evidence: edge.evidence,
      confidence: edge.confidence,
      partition: edge.partition,
    },
  }));
  yield;
  const problems = yield* mapInPieces(projection.problems, problem => {
    const text = JSON.stringify(problem);
    return {
      key: problem.id,
      hash: sha256(text),
      row: {
        id: problem.id,
        entity_ref: problem.entityRef ?? null,
        problem: text,
      },
    };
  });
  return { entities, contexts, edges, problems };
}

/** How wanted rows differ from what is stored. */
export interface RowDifference {
  upsert: WantedRow[];
  remove: string[];
}

/** Compares by hash: an unchanged projection differs in nothing. */
export function compareRows(
  wanted: WantedRow[],
  stored: ReadonlyMap<string, string>,
): RowDifference {
  const keys = new Set(wanted.map(({ key }) => key));
  return {
    upsert: wanted.filter(({ key, hash }) => stored.get(key) !== hash),
    remove: [...stored.keys()].filter(key => !keys.has(key)),
  };
}

/** Entities and edges by type. */
export interface EstateCounts {
  entities: number;
  edges: number;
  byType: Record<string, number>;
  byRelation: Record<string, number>;
}

/** Counts a projection. */
export function countProjection({ entities, edges }: Projection): EstateCounts {
  const tally = (names: string[]) => {
    const counts: Record<string, number> = {};
    for (const name of names) {
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  };
  return {
    entities: entities.length,
    edges: edges.length,
    byType: tally(entities.map(({ type }) => type)),
    byRelation: tally(edges.map(({ type }) => type)),
  };
}
