import { nodeSize } from '../layout/layoutInput';
import type { GraphLayout } from '../layout/layoutResult';

const readableZoom = 0.6;
const padding = 32;

/**
 * Where one looks at first: at everything, if it can be read like that, else
 * at the root in a readable size.
 */
export function firstView(
  layout: GraphLayout,
  rootRef: string,
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
  const root = layout.nodes.get(rootRef) ?? { x: 0, y: 0 };
  const zoom = 0.8;
  return {
    x: frame.width / 2 - (root.x + nodeSize.width / 2) * zoom,
    y: frame.height / 2 - (root.y + nodeSize.height / 2) * zoom,
    zoom,
  };
}
