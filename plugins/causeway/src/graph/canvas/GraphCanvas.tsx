import '@xyflow/react/dist/style.css';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTheme } from '@mui/material/styles';
import {
  ControlButton,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { RiAddLine, RiFullscreenLine, RiSubtractLine } from '@remixicon/react';
import { mostLabelledEdges } from '../layout/layoutInput';
import type { GraphLayout } from '../layout/layoutResult';
import type { VisibleGraph } from '../model';
import type { Selection } from '../selection';
import { useNodeTexts } from '../useNodeTexts';
import { CanvasFrame } from './CanvasFrame';
import { CanvasProvider } from './CanvasContext';
import { EntityNode } from './EntityNode';
import { emphasizeEdges, toFlowEdges, toFlowNodes } from './flowModel';
import { firstView } from './firstView';
import { RelationEdge } from './RelationEdge';
import { useCanvasControl } from './useCanvasControl';
import { useTexts } from '../../components/useTexts';

const nodeTypes = { entity: EntityNode };
const edgeTypes = { relation: RelationEdge };

export interface GraphCanvasProps {
  graph: VisibleGraph;
  layout: GraphLayout;
  rootRef: string;
  label: string;
  /** Height in pixels of a small one, which shows all of it and no controls; as high as the window lets it without. */
  smallHeight?: number;
  selection?: Selection;
  onSelect: (selection: Selection | undefined) => void;
  /** Set while the canvas is there: gives the focus to a node. */
  focusNodeRef: RefObject<((entityRef: string) => void) | undefined>;
}

/** As much of the frame as there is above the lower edge of the window, at least a third. */
function seenHeight(frame: HTMLElement): number {
  const { top } = frame.getBoundingClientRect();
  const whole = frame.clientHeight;
  return Math.max(Math.min(window.innerHeight - top, whole), whole / 3);
}

function CanvasBody(props: GraphCanvasProps) {
  const { graph, layout, rootRef, selection, onSelect, focusNodeRef } = props;
  const isSmall = props.smallHeight !== undefined;
  const { t } = useTexts();
  const { labelOf, subtitleOf, relationName } = useNodeTexts(graph);
  const flow = useReactFlow();
  const theme = useTheme();
  const frameRef = useRef<HTMLDivElement>(null);
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  const duration = isStill ? 0 : 200;

  const nodes = useMemo(
    () => toFlowNodes({ graph, layout, rootRef, labelOf, subtitleOf }),
    [graph, layout, rootRef, labelOf, subtitleOf],
  );
  const edges = useMemo(
    () =>
      toFlowEdges({
        graph,
        layout,
        labelOf: edge => relationName(edge.type),
        showsLabels: !isSmall && graph.edges.length <= mostLabelledEdges,
      }),
    [graph, layout, relationName, isSmall],
  );
  const selectedNode =
    selection?.kind === 'node' ? selection.entityRef : undefined;
  const selectedEdge = selection?.kind === 'edge' ? selection.id : undefined;
  const shownNodes = useMemo(
    () =>
      nodes.map(node =>
        node.id === selectedNode ? { ...node, selected: true } : node,
      ),
    [nodes, selectedNode],
  );
  const shownEdges = useMemo(
    () => emphasizeEdges(edges, { node: selectedNode, edge: selectedEdge }),
    [edges, selectedNode, selectedEdge],
  );

  const canvas = useCanvasControl({
    frameRef,
    focusNodeRef,
    layout,
    edges: graph.edges,
    onSelect,
    duration,
  });

  // The canvas gets narrower when details open: the view follows one frame
  // later, when React Flow knows its new size.
  useEffect(() => {
    if (!selectedNode) {
      return undefined;
    }
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => canvas.reveal(selectedNode));
    });
    return () => cancelAnimationFrame(frame);
  }, [canvas, selectedNode]);

  const showFirstView = () => {
    const frame = frameRef.current;
    if (isSmall) {
      flow.fitView({ padding: 0.03, maxZoom: 1 });
    } else if (frame) {
      flow.setViewport(
        firstView(
          layout,
          { ref: rootRef, edges: graph.edges },
          { width: frame.clientWidth, height: seenHeight(frame) },
        ),
      );
    }
  };
  const layoutRef = useRef(layout);
  useEffect(() => {
    if (layoutRef.current !== layout) {
      layoutRef.current = layout;
      showFirstView();
    }
  });

  return (
    <CanvasFrame
      ref={frameRef}
      role="group"
      aria-label={props.label}
      style={{ height: props.smallHeight }}
    >
      <CanvasProvider value={canvas}>
        <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden>
          <defs>
            <marker
              id="relation-end"
              viewBox="0 0 8 8"
              refX="8"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" fill={theme.palette.text.secondary} />
            </marker>
          </defs>
        </svg>
        <ReactFlow
          nodes={shownNodes}
          edges={shownEdges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={theme.palette.mode}
          onInit={showFirstView}
          onPaneClick={() => onSelect(undefined)}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          zoomActivationKeyCode={null}
          panActivationKeyCode={null}
          preventScrolling={false}
          zoomOnScroll={false}
          minZoom={0.1}
          maxZoom={1.5}
        >
          {!isSmall && (
            <Controls
              showZoom={false}
              showFitView={false}
              showInteractive={false}
            >
              <ControlButton
                aria-label={t('graph.zoomIn')}
                title={t('graph.zoomIn')}
                onClick={() => flow.zoomIn({ duration })}
              >
                <RiAddLine aria-hidden />
              </ControlButton>
              <ControlButton
                aria-label={t('graph.zoomOut')}
                title={t('graph.zoomOut')}
                onClick={() => flow.zoomOut({ duration })}
              >
                <RiSubtractLine aria-hidden />
              </ControlButton>
              <ControlButton
                aria-label={t('graph.fit')}
                title={t('graph.fit')}
                onClick={() => flow.fitView({ duration, padding: 0.06 })}
              >
                <RiFullscreenLine aria-hidden />
              </ControlButton>
            </Controls>
          )}
          {nodes.length > 60 && (
            <MiniMap
              style={{ width: 140, height: 96 }}
              pannable
              zoomable
              nodeColor={theme.palette.text.disabled}
            />
          )}
        </ReactFlow>
      </CanvasProvider>
    </CanvasFrame>
  );
}

/** The graph as a drawing that one can walk through with keys. */
export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasBody {...props} />
    </ReactFlowProvider>
  );
}
