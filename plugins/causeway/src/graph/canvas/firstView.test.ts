import { nodeSize } from '../layout/layoutInput';
import type { GraphLayout } from '../layout/layoutResult';
import { firstView } from './firstView';

const wide = { width: 1000, height: 600 };
const narrow = { width: 358, height: 308 };

/** A hub as it is laid out: 40 nodes left of the root, as many right of it, far from the corner. */
function hub(sides: Array<'left' | 'right'>): {
  layout: GraphLayout;
  root: Parameters<typeof firstView>[1];
} {
  const at = { left: 0, right: 2 * (nodeSize.width + 100) };
  const others = sides.flatMap(side =>
    Array.from({ length: 40 }, (_, index) => ({
      ref: `${side}-${index}`,
      x: at[side],
      y: index * 66,
    })),
  );
  return {
    layout: {
      nodes: new Map([
        ['root', { x: nodeSize.width + 100, y: 19.5 * 66 }],
        ...others.map(({ ref, x, y }) => [ref, { x, y }] as const),
      ]),
      edges: new Map(),
      width: 3 * nodeSize.width + 200,
      height: 40 * 66,
    },
    root: {
      ref: 'root',
      edges: others.map(({ ref }) =>
        ref.startsWith('left')
          ? { from: ref, to: 'root' }
          : { from: 'root', to: ref },
      ),
    },
  };
}

/** Which part of each node is seen, from 0 to 1. */
function seenOf(
  layout: GraphLayout,
  view: ReturnType<typeof firstView>,
  frame: typeof wide,
): Map<string, number> {
  const share = (start: number, size: number, room: number) =>
    Math.max(0, Math.min(start + size, room) - Math.max(start, 0)) / size;
  return new Map(
    [...layout.nodes].map(([ref, { x, y }]) => [
      ref,
      share(x * view.zoom + view.x, nodeSize.width * view.zoom, frame.width) *
        share(
          y * view.zoom + view.y,
          nodeSize.height * view.zoom,
          frame.height,
        ),
    ]),
  );
}

describe('firstView', () => {
  it('shows everything, centred and never enlarged, where that is readable', () => {
    const view = firstView(
      {
        nodes: new Map([['a', { x: 0, y: 0 }]]),
        edges: new Map(),
        width: 400,
        height: 100,
      },
      { ref: 'a', edges: [] },
      wide,
    );
    expect(view).toEqual({ x: 300, y: 250, zoom: 1 });
  });

  it('shows the root amid its nearest neighbours where everything would be tiny', () => {
    const { layout, root } = hub(['left', 'right']);
    const view = firstView(layout, root, wide);
    const seen = seenOf(layout, view, wide);
    expect(view.zoom).toBe(0.8);
    for (const ref of ['root', 'left-19', 'left-20', 'right-19', 'right-20']) {
      expect([ref, seen.get(ref)]).toEqual([ref, expect.closeTo(1)]);
    }
    expect(
      [...seen.values()].filter(share => share > 0.99).length,
    ).toBeGreaterThan(10);
  });

  it.each([
    [['left' as const]],
    [['right' as const]],
    [['left' as const, 'right' as const]],
  ])(
    'shows the root whole and parts of neighbours on a narrow screen: %j',
    sides => {
      const { layout, root } = hub(sides);
      const view = firstView(layout, root, narrow);
      const seen = seenOf(layout, view, narrow);
      expect(view.zoom).toBeGreaterThanOrEqual(0.7);
      expect(seen.get('root')).toBeCloseTo(1);
      // On the right names begin where they are seen.
      const side = sides.at(-1);
      for (const ref of [`${side}-19`, `${side}-20`]) {
        expect(seen.get(ref)).toBeGreaterThan(0.4);
      }
    },
  );

  it('shows the root whole in a frame that has hardly any room', () => {
    const { layout, root } = hub(['left']);
    const view = firstView(layout, root, { width: 320, height: 90 });
    expect(
      seenOf(layout, view, { width: 320, height: 90 }).get('root'),
    ).toBeCloseTo(1);
  });
});
