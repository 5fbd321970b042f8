import { createEstateGraph, createLargeGraph } from '../../testing/estateGraph';
import { edgeId, filterGraph, hiddenAtFirst } from '../model';
import { layoutGraph } from './layoutEngine';
import { layoutInput, nodeSize } from './layoutInput';
import { labelPoint, roundedPath } from './layoutResult';

const graph = filterGraph(createEstateGraph(), hiddenAtFirst);

describe('layoutInput', () => {
  it('does not depend on the order in which things arrived', () => {
    const turned = {
      nodes: [...graph.nodes].reverse(),
      edges: [...graph.edges].reverse(),
    };
    expect(layoutInput(turned)).toEqual(layoutInput(graph));
  });
});

describe('layoutGraph', () => {
  it('puts every relation from left to right, and nothing upon another', async () => {
    const layout = await layoutGraph(graph);
    expect(layout.nodes.size).toBe(graph.nodes.length);
    for (const edge of graph.edges) {
      const from = layout.nodes.get(edge.from)!;
      const to = layout.nodes.get(edge.to)!;
      expect(from.x + nodeSize.width).toBeLessThan(to.x);
      const route = layout.edges.get(edgeId(edge))!;
      expect(route[0].x).toBeCloseTo(from.x + nodeSize.width);
      expect(route[route.length - 1].x).toBeCloseTo(to.x);
    }
    const points = [...layout.nodes.values()];
    for (const [index, a] of points.entries()) {
      for (const b of points.slice(index + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= nodeSize.width ||
          Math.abs(a.y - b.y) >= nodeSize.height;
        expect(apart).toBe(true);
      }
    }
  });

  it('arranges 500 nodes', async () => {
    const large = createLargeGraph(500);
    const layout = await layoutGraph(large);
    expect(layout.nodes.size).toBe(500);
    expect(layout.edges.size).toBe(large.edges.length);
  });
});

describe('roundedPath', () => {
  it('rounds corners, by half of a short stretch at most', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 10 },
      ]),
    ).toBe('M 0 0 L 12 0 Q 20 0 20 5 L 20 10');
  });

  it('draws nothing for less than two points', () => {
    expect(roundedPath([])).toBe('');
    expect(roundedPath([{ x: 1, y: 1 }])).toBe('');
  });
});

describe('labelPoint', () => {
  it('is in the middle of the longest horizontal stretch', () => {
    expect(
      labelPoint([
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 10, y: 90 },
        { x: 50, y: 90 },
      ]),
    ).toEqual({ x: 30, y: 90 });
  });
});
