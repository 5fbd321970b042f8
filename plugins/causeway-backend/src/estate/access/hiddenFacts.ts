import type { EstateReader } from '../entities/EstateReader';
import { factsOfParts, factsOfRepository } from '../facts/catalogue';
import type { CallerView } from './CallerView';

/** Whether a fact of an entity tells of what the caller may not read. */
export type IsHiddenFact = (entityRef: string, fact: string) => boolean;

/**
 * Of these entities, finds out which facts follow from workloads or from a
 * repository that the caller may not read (THREATS H15).
 */
export async function findHiddenFacts(
  refs: readonly string[],
  view: CallerView,
  reader: Pick<EstateReader, 'contexts' | 'edgesFrom'>,
): Promise<IsHiddenFact> {
  const [contexts, edges] = await Promise.all([
    reader.contexts(refs),
    reader.edgesFrom(refs),
  ]);
  const sources = edges.filter(({ type }) => type === 'sourcedFrom');
  const readable = await view.readable([
    ...[...contexts.values()].flatMap(({ instanceRefs = [] }) => instanceRefs),
    ...sources.map(({ to }) => to),
  ]);
  const partly = new Set(
    [...contexts].flatMap(([ref, { instanceRefs = [] }]) =>
      instanceRefs.every(part => readable.has(part)) ? [] : [ref],
    ),
  );
  const sourceless = new Set(
    sources.flatMap(({ from, to }) => (readable.has(to) ? [] : [from])),
  );
  return (ref, fact) =>
    (factsOfParts.has(fact) && partly.has(ref)) ||
    (factsOfRepository.has(fact) && sourceless.has(ref));
}
