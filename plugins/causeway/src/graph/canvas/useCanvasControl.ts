import {
  useEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { GraphEdge } from '@causeway/backstage-plugin-causeway-common';
import { useReactFlow } from '@xyflow/react';
import { nodeSize } from '../layout/layoutInput';
import type { GraphLayout } from '../layout/layoutResult';
import { isArrowKey, neighbourOf } from '../neighbour';
import type { Selection } from '../selection';
import type { Canvas } from './CanvasContext';

/**
 * Focus, keys and view of a canvas. The result never changes, since every node
 * subscribes to it; what is current is read when something happens.
 */
export function useCanvasControl(options: {
  frameRef: RefObject<HTMLElement>;
  /** Set while the canvas is there: gives the focus to a node. */
  focusNodeRef: RefObject<((entityRef: string) => void) | undefined>;
  layout: GraphLayout;
  edges: GraphEdge[];
  onSelect: (selection: Selection | undefined) => void;
  /** Of a move of the view, in milliseconds. */
  duration: number;
}): Canvas {
  const flow = useReactFlow();
  const { frameRef, focusNodeRef } = options;
  const currentRef = useRef(options);
  currentRef.current = options;

  const canvas = useMemo<Canvas>(() => {
    const elements = new Map<string, HTMLElement>();
    let awaited: string | undefined;

    const reveal = (entityRef: string) => {
      const at = currentRef.current.layout.nodes.get(entityRef);
      const frame = frameRef.current?.getBoundingClientRect();
      if (!at || !frame) {
        return;
      }
      const topLeft = flow.flowToScreenPosition(at);
      const bottomRight = flow.flowToScreenPosition({
        x: at.x + nodeSize.width,
        y: at.y + nodeSize.height,
      });
      const isSeen =
        topLeft.x >= frame.left &&
        topLeft.y >= frame.top &&
        bottomRight.x <= frame.right &&
        bottomRight.y <= frame.bottom;
      if (!isSeen) {
        flow.setCenter(at.x + nodeSize.width / 2, at.y + nodeSize.height / 2, {
          zoom: flow.getZoom(),
          duration: currentRef.current.duration,
        });
      }
    };

    const focus = (entityRef: string) => {
      const element = elements.get(entityRef);
      if (element) {
        element.focus({ preventScroll: true });
        return;
      }
      // Not drawn while out of sight: it takes the focus when it appears.
      awaited = entityRef;
      reveal(entityRef);
    };

    return {
      register(entityRef, element) {
        if (!element) {
          elements.delete(entityRef);
          return;
        }
        elements.set(entityRef, element);
        if (awaited === entityRef) {
          awaited = undefined;
          element.focus({ preventScroll: true });
        }
      },
      open: entityRef =>
        currentRef.current.onSelect({ kind: 'node', entityRef }),
      openEdge: id => currentRef.current.onSelect({ kind: 'edge', id }),
      reveal,
      focus,
      onNodeKey(event: KeyboardEvent, entityRef: string) {
        if (event.key === 'Escape') {
          currentRef.current.onSelect(undefined);
          return;
        }
        if (!isArrowKey(event.key)) {
          return;
        }
        event.preventDefault();
        const next = neighbourOf({
          from: entityRef,
          key: event.key,
          positions: currentRef.current.layout.nodes,
          edges: currentRef.current.edges,
        });
        if (next) {
          focus(next);
        }
      },
    };
  }, [flow, frameRef]);

  useEffect(() => {
    const handle = focusNodeRef as { current?: (ref: string) => void };
    handle.current = canvas.focus;
    return () => {
      handle.current = undefined;
    };
  }, [canvas, focusNodeRef]);

  return canvas;
}
