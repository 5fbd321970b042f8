import { useRef, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { GraphCanvas } from './canvas/GraphCanvas';
import { EdgeDetails } from './EdgeDetails';
import { GraphLegend } from './GraphLegend';
import { GraphTable } from './GraphTable';
import { NodeDetails } from './NodeDetails';
import { useLayout } from './layout/useLayout';
import { edgeId, type VisibleGraph } from './model';
import type { Selection } from './selection';
import { useTexts } from '../components/useTexts';

const SkipLink = styled('a')(({ theme }) => ({
  position: 'absolute',
  clipPath: 'inset(50%)',
  '&:focus': {
    position: 'static',
    clipPath: 'none',
    color: theme.palette.primary.main,
  },
}));

const Hint = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

/** The drawing with the details of what is selected in it. */
export function GraphWalk(props: {
  graph: VisibleGraph;
  rootRef: string;
  now: number;
}) {
  const { t } = useTexts();
  const { graph, rootRef, now } = props;
  const { layout, error } = useLayout(graph);
  const [selection, setSelection] = useState<Selection>();
  const focusNodeRef = useRef<(entityRef: string) => void>();

  const root = graph.nodes.find(({ entityRef }) => entityRef === rootRef);
  const node =
    selection?.kind === 'node'
      ? graph.nodes.find(n => n.entityRef === selection.entityRef)
      : undefined;
  const edge =
    selection?.kind === 'edge'
      ? graph.edges.find(e => edgeId(e) === selection.id)
      : undefined;
  const close = (returnTo: string) => {
    setSelection(undefined);
    focusNodeRef.current?.(returnTo);
  };

  if (error) {
    return (
      <>
        <Alert severity="warning">{t('graph.layoutError')}</Alert>
        <GraphTable graph={graph} now={now} />
      </>
    );
  }
  if (!layout) {
    return (
      <Box role="status">
        <Hint>
          {t('graph.layouting', { total: String(graph.nodes.length) })}
        </Hint>
        <Skeleton variant="rounded" height={420} />
      </Box>
    );
  }
  return (
    <>
      <SkipLink href="#after-graph">{t('graph.skip')}</SkipLink>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md: node || edge ? 'minmax(0, 1fr) 20rem' : 'minmax(0, 1fr)',
          },
        }}
      >
        <GraphCanvas
          graph={graph}
          layout={layout}
          rootRef={rootRef}
          label={t('graph.label', { name: root?.title ?? rootRef })}
          selection={selection}
          onSelect={setSelection}
          focusNodeRef={focusNodeRef}
        />
        {node && (
          <NodeDetails
            node={node}
            graph={graph}
            onOpenEdge={e => setSelection({ kind: 'edge', id: edgeId(e) })}
            onClose={() => close(node.entityRef)}
          />
        )}
        {edge && (
          <EdgeDetails
            edge={edge}
            graph={graph}
            now={now}
            onClose={() => close(edge.from)}
          />
        )}
      </Box>
      <div id="after-graph" tabIndex={-1}>
        <GraphLegend />
        <Hint>{t('graph.keys')}</Hint>
      </div>
    </>
  );
}
