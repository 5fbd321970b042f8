import { createEstateGraph } from '../../testing/estateGraph';
import { edgeId } from '../model';
import { starLayout } from './starLayout';

it('stacks what leads to the root below it, by name, and leads to it', () => {
  const { nodes, rootRef } = createEstateGraph();
  const some = nodes.slice(0, 4);
  const edges = some.slice(1).map(({ entityRef }) => ({
    from: entityRef,
    type: 'dependsOn',
    to: rootRef,
  }));
  const layout = starLayout({ nodes: some, edges }, rootRef);
  const places = some
    .map(({ entityRef, title }) => ({
      title,
      ...layout.nodes.get(entityRef)!,
    }))
    .sort((a, b) => a.y - b.y);
  expect(places[0]).toMatchObject({ x: 0, y: 0 });
  const titles = places.slice(1).map(({ title }) => title);
  expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b)));
  // None lies on another, and all of them within the frame.
  places.slice(1).forEach(({ y }, index) => {
    expect(y - places[index].y).toBeGreaterThan(52);
    expect(y + 52).toBeLessThanOrEqual(layout.height);
  });
  for (const edge of edges) {
    const points = layout.edges.get(edgeId(edge))!;
    expect(points[0].y).toBe(layout.nodes.get(edge.from)!.y + 26);
    expect(points.at(-1)!.y).toBe(52);
  }
});
