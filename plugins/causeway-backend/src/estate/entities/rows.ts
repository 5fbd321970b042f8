import type { ProjectedEdge } from '../projection/model';

/** A row of one table as the projection wants it, with its columns. */
export interface WantedRow {
  /** Primary key, as one text. */
  key: string;
  /** What tells whether the row is as it was. */
  hash: string;
  [column: string]: unknown;
}

/** The tables that follow the projection. */
export const projectedTables = [
  'entities',
  'contexts',
  'facts',
  'edges',
  'problems',
] as const;

/** One of {@link projectedTables}. */
export type ProjectedTable = (typeof projectedTables)[number];

/** What separates the parts of a primary key; references hold none. That of an edge is its key. */
export const keySeparator = ' ';

/**
 * What an edge says besides its key. It is short enough to be compared as it
 * is; a hash would cost more, and a column.
 */
export function edgeContent({
  rule,
  evidence,
  confidence,
  partition,
}: Pick<
  ProjectedEdge,
  'rule' | 'evidence' | 'confidence' | 'partition'
>): string {
  return `${rule}\0${confidence}\0${partition}\0${evidence}`;
}

/** How wanted rows differ from what is stored. */
export interface RowDifference {
  upsert: WantedRow[];
  /** Keys among them that are new. */
  added: string[];
  remove: string[];
}

/** Entities and edges by type. */
export interface EstateCounts {
  entities: number;
  edges: number;
  byType: Record<string, number>;
  byRelation: Record<string, number>;
}
