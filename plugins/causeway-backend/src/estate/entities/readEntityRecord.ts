import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import {
  type DbFactsRow,
  parseFacts,
  type StoredFacts,
} from '../facts/storedFacts';
import {
  type DbObservationRow,
  observationOf,
  parseObservation,
  type ReadObservation,
} from '../observations/readObservation';
import type { EntityContext, ProvenEdge } from '../projection/model';
import { readTogether } from '../sql/readTogether';
import { type DbEdgeRow, toEdge } from './EstateReader';

/** All that the estate holds of one entity that was observed. */
export interface EntityRecord {
  context: EntityContext;
  observation: ReadObservation;
  /** Inferred edges that start there. */
  edges: ProvenEdge[];
  facts?: StoredFacts;
  /** Problems of the entity, and of those that `around` names. */
  problems: EstateProblem[];
}

/**
 * Reads an entity by two ways to the database; `undefined` for what the estate
 * does not know, or has no object of.
 *
 * @param around - of the edges, those whose other end's problems are told too
 */
export async function readEntityRecord(
  knex: Knex,
  ref: string,
  around: (edge: ProvenEdge) => boolean,
): Promise<EntityRecord | undefined> {
  const about = await readTogether<{
    contexts: { context: string };
    edges: DbEdgeRow;
    facts: DbFactsRow;
  }>(knex, {
    contexts: knex('estate_contexts').where({ ref }).select('context'),
    edges: knex('estate_edges').where({ from_ref: ref }),
    facts: knex('estate_facts')
      .where({ ref })
      .select('ref', 'facts', 'since', 'kept'),
  });
  const context: EntityContext | undefined =
    about.contexts[0] && JSON.parse(about.contexts[0].context);
  if (!context?.objectKey) {
    return undefined;
  }
  const edges = about.edges.map(toEdge);
  const evidence = await readTogether<{
    observations: DbObservationRow;
    problems: { problem: string };
  }>(knex, {
    observations: observationOf(knex, context.partition, context.objectKey),
    problems: knex('estate_problems')
      .whereIn('entity_ref', [ref, ...edges.filter(around).map(({ to }) => to)])
      .select('problem'),
  });
  const observation = parseObservation(evidence.observations[0]);
  return (
    observation && {
      context,
      observation,
      edges,
      facts: about.facts[0] && parseFacts(about.facts[0]),
      problems: evidence.problems.map(({ problem }) => JSON.parse(problem)),
    }
  );
}
