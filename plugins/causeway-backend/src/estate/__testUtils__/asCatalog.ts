import type { Entity } from '@backstage/catalog-model';
import {
  relationPairs,
  type EntityEdge,
  type FeedItem,
} from '@causeway/backstage-plugin-causeway-common';

const family = { forward: 'childOf', backward: 'parentOf' };

/** What the catalog makes of the feed: entities with relations both ways. */
export function asCatalog(items: FeedItem[]): Entity[] {
  const relations = new Map<string, Map<string, [string, string]>>();
  const relate = (from: string, type: string, to: string) => {
    const own = relations.get(from) ?? new Map();
    relations.set(from, own.set(`${type} ${to}`, [type, to]));
  };
  for (const { entityRef, entity } of items) {
    const spec = entity!.spec as unknown as {
      owner?: string;
      parent?: string;
      causeway?: { edges?: EntityEdge[] };
    };
    const edges: { from?: string; type: string; to: string }[] = [
      ...(spec.causeway?.edges ?? []),
      ...(spec.owner ? [{ type: 'ownedBy', to: spec.owner }] : []),
      ...(spec.parent ? [{ type: 'childOf', to: spec.parent }] : []),
    ];
    for (const { from = entityRef, type, to } of edges) {
      relate(from, type, to);
      const pair = [...relationPairs, family].find(
        ({ forward }) => forward === type,
      )!;
      relate(to, pair.backward, from);
    }
  }
  return items.map(({ entityRef, entity }) => ({
    ...entity!,
    relations: [...(relations.get(entityRef)?.values() ?? [])].map(
      ([type, targetRef]) => ({ type, targetRef }),
    ),
  }));
}
