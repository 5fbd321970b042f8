import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import { RiArrowRightLine, RiTimeLine } from '@remixicon/react';
import type {
  GraphEdge,
  GraphNode,
} from '@causeway/backstage-plugin-causeway-common';
import { EntityLink, useEntityPath } from '../components/EntityLink';
import { HealthMark } from '../components/HealthMark';
import { StatusMark } from '../components/StatusMark';
import { edgeId, edgesOf, nodeType, type VisibleGraph } from './model';
import { DetailsPanel } from './DetailsPanel';
import { useNames } from './useNames';
import { useTexts } from '../components/useTexts';

const EdgeList = styled('ul')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  maxHeight: '18rem',
  overflowY: 'auto',
});

const EdgeButton = styled(ButtonBase)(({ theme }) => ({
  width: '100%',
  display: 'block',
  padding: theme.spacing(0.75, 1),
  borderRadius: 6,
  font: 'inherit',
  textAlign: 'left',
  '&:hover': { background: theme.palette.action.hover },
  '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  '& em': { fontStyle: 'normal', color: theme.palette.text.secondary },
}));

/** One node: what it is, where its page is, and what it is related to. */
export function NodeDetails(props: {
  node: GraphNode;
  graph: VisibleGraph;
  onOpenEdge: (edge: GraphEdge) => void;
  onClose: () => void;
}) {
  const { t } = useTexts();
  const { typeName, relationName, ownerName } = useNames();
  const { node, graph } = props;
  const path = useEntityPath()(node.entityRef);
  const titles = new Map(graph.nodes.map(n => [n.entityRef, n.title]));
  const titleOf = (ref: string) => titles.get(ref) ?? ref;
  const edges = edgesOf(graph.edges, node.entityRef);

  return (
    <DetailsPanel
      title={node.title}
      label={t('graph.details', { name: node.title })}
      subject={node.entityRef}
      onClose={props.onClose}
    >
      <span>
        {[typeName(nodeType(node)), node.environment]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <Box sx={{ display: 'grid', gap: 0.5, mt: 1 }}>
        {node.health && (
          <HealthMark health={node.health} scheduled={node.scheduled} />
        )}
        {node.stale && (
          <StatusMark tone="caution" icon={RiTimeLine}>
            {t('state.stale')}
          </StatusMark>
        )}
        {node.owner && (
          <span>
            {t('graph.owner')}
            {': '}
            <EntityLink entityRef={node.owner}>
              {ownerName(node.owner)}
            </EntityLink>
          </span>
        )}
      </Box>
      {path && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 1.5 }}>
          <Link to={path}>{t('graph.open')}</Link>
          {node.depth > 0 && (
            <Link to={`${path}/graph`}>{t('graph.center')}</Link>
          )}
        </Box>
      )}
      <h4>
        {t('graph.edges')} ({edges.length})
      </h4>
      <EdgeList>
        {edges.map(edge => (
          <li key={edgeId(edge)}>
            <EdgeButton onClick={() => props.onOpenEdge(edge)}>
              {edge.from === node.entityRef ? (
                <>
                  <em>{relationName(edge.type)}</em> {titleOf(edge.to)}
                </>
              ) : (
                <>
                  {titleOf(edge.from)} <em>{relationName(edge.type)}</em>{' '}
                  <RiArrowRightLine size={12} aria-hidden /> {node.title}
                </>
              )}
            </EdgeButton>
          </li>
        ))}
      </EdgeList>
    </DetailsPanel>
  );
}
