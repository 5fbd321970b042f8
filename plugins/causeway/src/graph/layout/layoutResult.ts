import type { ElkNode } from 'elkjs/lib/elk-api';

export interface Point {
  x: number;
  y: number;
}

/** Where things go, in pixels from the top left corner. */
export interface GraphLayout {
  nodes: Map<string, Point>;
  edges: Map<string, Point[]>;
  width: number;
  height: number;
}

/** Reads ELK's answer. */
export function layoutResult(answer: ElkNode): GraphLayout {
  return {
    nodes: new Map(
      (answer.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]),
    ),
    edges: new Map(
      (answer.edges ?? []).map(({ id, sections }) => {
        const section = sections?.[0];
        return [
          id!,
          section
            ? [
                section.startPoint,
                ...(section.bendPoints ?? []),
                section.endPoint,
              ]
            : [],
        ];
      }),
    ),
    width: answer.width ?? 0,
    height: answer.height ?? 0,
  };
}

/** SVG path through the points, corners rounded. */
export function roundedPath(points: Point[], radius = 8): string {
  const [start, ...rest] = points;
  if (!start || !rest.length) {
    return '';
  }
  const parts = [`M ${start.x} ${start.y}`];
  rest.forEach((point, index) => {
    const before = points[index];
    const after = rest[index + 1];
    if (!after) {
      parts.push(`L ${point.x} ${point.y}`);
      return;
    }
    const a = towards(point, before, radius);
    const b = towards(point, after, radius);
    parts.push(`L ${a.x} ${a.y}`, `Q ${point.x} ${point.y} ${b.x} ${b.y}`);
  });
  return parts.join(' ');
}

/** The point `distance` from `from` on the way to `to`, at most half of it. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) {
    return from;
  }
  const share = Math.min(distance, length / 2) / length;
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
  };
}

/** Middle of the longest horizontal stretch: where a name reads best. */
export function labelPoint(points: Point[]): Point {
  let best = { length: -1, point: points[0] ?? { x: 0, y: 0 } };
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const length = Math.abs(b.x - a.x) - Math.abs(b.y - a.y);
    if (length > best.length) {
      best = { length, point: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
    }
  }
  return best.point;
}
