import { useMemo } from 'react';
import type { GraphNode } from '@causeway/backstage-plugin-causeway-common';
import { shownHealth } from '../lib/health';
import { nodeType, type VisibleGraph } from './model';
import { useNames } from './useNames';
import { useTexts } from '../components/useTexts';

/** What is written on a node, and what a screen reader says of it. */
export function useNodeTexts(graph: VisibleGraph) {
  const { t } = useTexts();
  const { typeName, relationName } = useNames();
  return useMemo(() => {
    const degrees = new Map<string, number>();
    for (const { from, to } of graph.edges) {
      degrees.set(from, (degrees.get(from) ?? 0) + 1);
      degrees.set(to, (degrees.get(to) ?? 0) + 1);
    }
    const subtitleOf = (node: GraphNode) =>
      [typeName(nodeType(node)), node.environment].filter(Boolean).join(' · ');
    const labelOf = (node: GraphNode) =>
      [
        // What is seen stands first and as it is seen, for those who speak it.
        `${node.title} ${subtitleOf(node)}`,
        node.depth === 0 && t('graph.root'),
        node.health && t(`health.${shownHealth(node.health, node.scheduled)}`),
        node.stale && t('graph.stale'),
        node.lifecycle === 'deprecated' && t('graph.deprecated'),
        t('graph.degree', { count: degrees.get(node.entityRef) ?? 0 }),
      ]
        .filter(Boolean)
        .join(', ');
    return { subtitleOf, labelOf, relationName };
  }, [graph, t, typeName, relationName]);
}
