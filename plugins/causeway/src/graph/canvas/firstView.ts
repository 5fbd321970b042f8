import { nodeSize } from '../layout/layoutInput';
import type { GraphLayout, Point } from '../layout/layoutResult';

const readableZoom = 0.6;
const padding = 32;

/** A part of the drawing, in its own pixels. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Where one looks at first: at everything, if it can be read like that, else
 * at the root in a readable size with as many of its neighbours as there is
 * room for, the nearest first. The root is always seen whole.
 *
 * @param frame - what is seen of the canvas, in pixels of the screen
 */
export function firstView(
  layout: GraphLayout,
  root: {
    ref: string;
    edges: ReadonlyArray<{ from: string; to: string }>;
  },
  frame: { width: number; height: number },
): { x: number; y: number; zoom: number } {
  const fitting = Math.min(
    (frame.width - 2 * padding) / Math.max(layout.width, 1),
    (frame.height - 2 * padding) / Math.max(layout.height, 1),
  );
  if (fitting >= readableZoom) {
    const zoom = Math.min(fitting, 1);
    return {
      x: (frame.width - layout.width * zoom) / 2,
      y: (frame.height - layout.height * zoom) / 2,
      zoom,
    };
  }
  const isNarrow = frame.width < 600;
  const zoom = isNarrow ? 0.7 : 0.8;
  const margin = (isNarrow ? 12 : padding) / zoom;
  const room = { x: frame.width / zoom, y: frame.height / zoom };
  const whole = boxAt(layout.nodes.get(root.ref) ?? { x: 0, y: 0 });
  const neighbours = neighboursByDistance(layout, root, whole);

  let seen = whole;
  for (const neighbour of neighbours) {
    const grown = union(seen, neighbour);
    if (
      grown.right - grown.left + 2 * margin <= room.x &&
      grown.bottom - grown.top + 2 * margin <= room.y
    ) {
      seen = grown;
    }
  }
  if (seen === whole && neighbours.length > 0) {
    // A part of one says more than none. To the right names begin where they
    // are seen, to the left they end there.
    const nearest =
      neighbours.find(({ left }) => left > whole.right) ?? neighbours[0];
    seen = union(whole, nearest);
  }
  const middle = {
    x: middleOf(
      (seen.left + seen.right) / 2,
      whole.left,
      whole.right,
      room.x - 2 * margin,
    ),
    y: middleOf(
      (seen.top + seen.bottom) / 2,
      whole.top,
      whole.bottom,
      room.y - 2 * margin,
    ),
  };
  return {
    x: frame.width / 2 - middle.x * zoom,
    y: frame.height / 2 - middle.y * zoom,
    zoom,
  };
}

/** The middle of the view that comes closest to the wanted one and shows all from `start` to `end`. */
function middleOf(wanted: number, start: number, end: number, room: number) {
  return end - start > room
    ? (start + end) / 2
    : Math.min(Math.max(wanted, end - room / 2), start + room / 2);
}

function boxAt({ x, y }: Point): Box {
  return {
    left: x,
    top: y,
    right: x + nodeSize.width,
    bottom: y + nodeSize.height,
  };
}

function union(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function neighboursByDistance(
  layout: GraphLayout,
  root: Parameters<typeof firstView>[1],
  whole: Box,
): Box[] {
  const refs = new Set(
    root.edges.flatMap(({ from, to }) => {
      if (from === root.ref) {
        return [to];
      }
      return to === root.ref ? [from] : [];
    }),
  );
  refs.delete(root.ref);
  const distance = (box: Box) =>
    Math.hypot(box.left - whole.left, box.top - whole.top);
  return [...refs]
    .flatMap(ref => layout.nodes.get(ref) ?? [])
    .map(boxAt)
    .sort((a, b) => distance(a) - distance(b));
}
