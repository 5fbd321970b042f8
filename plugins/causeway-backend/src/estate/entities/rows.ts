import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { contentHash } from '../contentHash';
import type { ProjectedFacts } from '../facts/model';
import type {
  EntityContext,
  ProjectedEdge,
  ProjectedEntity,
} from '../projection/model';

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
  'facts',
  'edges',
  'problems',
] as const;

/** One of {@link projectedTables}. */
export type ProjectedTable = (typeof projectedTables)[number];

/** What separates the parts of a primary key; references hold none. That of an edge is its key. */
export const keySeparator = ' ';

/*
 * The row of each thing that a projection finds, with the hash of its content.
 * Text is comparable because the projection builds its objects in a fixed
 * order.
 */

export function entityRow({
  ref,
  type,
  entity,
  locationKey,
}: ProjectedEntity): WantedRow {
  const text = JSON.stringify(entity);
  return {
    key: ref,
    hash: contentHash(`${locationKey ?? ''}\0${text}`),
    row: { ref, type, location_key: locationKey ?? null, entity: text },
  };
}

export function contextRow(context: EntityContext): WantedRow {
  const { ref } = context;
  const text = JSON.stringify(context);
  return { key: ref, hash: contentHash(text), row: { ref, context: text } };
}

export function factsRow({
  ref,
  type,
  identity,
  groups,
}: ProjectedFacts): WantedRow {
  const text = JSON.stringify({ type, identity, groups });
  return { key: ref, hash: contentHash(text), row: { ref, facts: text } };
}

export function edgeRow({
  key,
  from,
  type,
  to,
  rule,
  evidence,
  confidence,
  partition,
}: ProjectedEdge): WantedRow {
  return {
    key,
    hash: contentHash(
      `${key}\0${rule}\0${evidence}\0${confidence}\0${partition}`,
    ),
    row: {
      from_ref: from,
      type,
      to_ref: to,
      rule,
      evidence,
      confidence,
      partition,
    },
  };
}

export function problemRow(problem: EstateProblem): WantedRow {
  const { id, entityRef } = problem;
  const text = JSON.stringify(problem);
  return {
    key: id,
    hash: contentHash(text),
    row: { id, entity_ref: entityRef ?? null, problem: text },
  };
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
