import type { Entity } from '@backstage/catalog-model';
import { relationPairs } from '@causeway/backstage-plugin-causeway-common';

const pairs = new Map<string, string>([
  ...relationPairs.map(({ forward, backward }) => [forward, backward] as const),
  ['childOf', 'parentOf'],
  ['memberOf', 'hasMember'],
]);

/** `from type to` of every relation, in its forward direction. */
export function forwardRelations(entities: Map<string, Entity>): string[] {
  return [...entities].flatMap(([ref, { relations = [] }]) =>
    relations
      .filter(({ type }) => pairs.has(type))
      .map(({ type, targetRef }) => `${ref} ${type} ${targetRef}`),
  );
}

/** Relations of which the other side does not know. */
export function oneSidedRelations(entities: Map<string, Entity>): string[] {
  return forwardRelations(entities).filter(line => {
    const [from, type, to] = line.split(' ');
    return !entities
      .get(to)
      ?.relations?.some(
        relation =>
          relation.type === pairs.get(type) && relation.targetRef === from,
      );
  });
}

/** How what was found fits what was expected. */
export function compare(
  what: string,
  found: Iterable<string>,
  expected: Iterable<string>,
) {
  const [all, wanted] = [new Set(found), new Set(expected)];
  const wrong = [...all].filter(line => !wanted.has(line));
  const missing = [...wanted].filter(line => !all.has(line));
  const hits = all.size - wrong.length;
  return {
    wrong,
    missing,
    precision: hits / all.size,
    recall: hits / wanted.size,
    report: `${what}: ${all.size} found, ${wanted.size} expected, precision ${(hits / all.size).toFixed(3)}, recall ${(hits / wanted.size).toFixed(3)}`,
  };
}
