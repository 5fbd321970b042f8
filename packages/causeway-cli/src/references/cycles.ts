/**
 * The cycles of a directed graph, one for each group of nodes that reach each
 * other (Tarjan's components, without recursion). Of each the shortest way
 * round through its first node is returned; a node that points to itself is
 * no cycle here, another rule reports it.
 */
export function findCycles(
  nodes: Iterable<string>,
  targetsOf: (node: string) => readonly string[],
): string[][] {
  return components(nodes, targetsOf)
    .filter(component => component.length > 1)
    .map(component => wayRound(component, targetsOf));
}

interface Visit {
  node: string;
  targets: readonly string[];
  next: number;
}

function components(
  nodes: Iterable<string>,
  targetsOf: (node: string) => readonly string[],
): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];

  for (const start of nodes) {
    if (order.has(start)) {
      continue;
    }
    const visits: Visit[] = [];
    const enter = (node: string) => {
      order.set(node, order.size);
      lowest.set(node, order.get(node)!);
      open.push(node);
      isOpen.add(node);
      visits.push({ node, targets: targetsOf(node), next: 0 });
    };
    enter(start);
    while (visits.length > 0) {
      const visit = visits[visits.length - 1];
      if (visit.next < visit.targets.length) {
        const target = visit.targets[visit.next];
        visit.next += 1;
        if (!order.has(target)) {
          enter(target);
        } else if (isOpen.has(target)) {
          lower(lowest, visit.node, order.get(target)!);
        }
        continue;
      }
      visits.pop();
      const parent = visits[visits.length - 1];
      if (parent) {
        lower(lowest, parent.node, lowest.get(visit.node)!);
      }
      if (lowest.get(visit.node) === order.get(visit.node)) {
        const component: string[] = [];
        let node: string;
        do {
          node = open.pop()!;
          isOpen.delete(node);
          component.push(node);
        } while (node !== visit.node);
        found.push(component.reverse());
      }
    }
  }
  return found;
}

function lower(lowest: Map<string, number>, node: string, to: number): void {
  lowest.set(node, Math.min(lowest.get(node)!, to));
}

function wayRound(
  component: readonly string[],
  targetsOf: (node: string) => readonly string[],
): string[] {
  const inside = new Set(component);
  const start = component[0];
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const target of targetsOf(node)) {
      if (target === start && node !== start) {
        const way = [node];
        while (way[0] !== start) {
          way.unshift(cameFrom.get(way[0])!);
        }
        return way;
      }
      if (inside.has(target) && target !== start && !cameFrom.has(target)) {
        cameFrom.set(target, node);
        queue.push(target);
      }
    }
  }
  return [...component];
}
