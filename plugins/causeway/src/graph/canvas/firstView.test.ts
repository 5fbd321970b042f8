import { firstView } from './firstView';

const frame = { width: 1000, height: 600 };

describe('firstView', () => {
  it('shows everything, centred and never enlarged, where that is readable', () => {
    const view = firstView(
      {
        nodes: new Map([['a', { x: 0, y: 0 }]]),
        edges: new Map(),
        width: 400,
        height: 100,
      },
      'a',
      frame,
    );
    expect(view).toEqual({ x: 300, y: 250, zoom: 1 });
  });

  it('shows the root in a readable size where everything would be tiny', () => {
    const view = firstView(
      {
        nodes: new Map([['a', { x: 2000, y: 9000 }]]),
        edges: new Map(),
        width: 5000,
        height: 17000,
      },
      'a',
      frame,
    );
    expect(view.zoom).toBe(0.8);
    // The middle of the root (264 by 52) is in the middle of the frame.
    expect((2000 + 132) * view.zoom + view.x).toBeCloseTo(500);
    expect((9000 + 26) * view.zoom + view.y).toBeCloseTo(300);
  });
});
