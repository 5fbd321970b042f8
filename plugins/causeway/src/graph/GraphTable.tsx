import Box from '@mui/material/Box';
import { RiTimeLine } from '@remixicon/react';
import { Age } from '../components/Age';
import { EntityLink } from '../components/EntityLink';
import { HealthMark } from '../components/HealthMark';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { StatusMark } from '../components/StatusMark';
import { edgeId, nodeType, type VisibleGraph } from './model';
import { useNames } from './useNames';
import { useTexts } from '../components/useTexts';

const firstShown = 100;

/** The same nodes and relations in words. */
export function GraphTable(props: { graph: VisibleGraph; now: number }) {
  const { t } = useTexts();
  const { typeName, relationName, ownerName } = useNames();
  const { graph, now } = props;
  const titles = new Map(graph.nodes.map(n => [n.entityRef, n.title]));
  const nodes = [...graph.nodes].sort(
    (a, b) => a.depth - b.depth || a.title.localeCompare(b.title),
  );
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Section title={t('graph.nodes')}>
        <ResponsiveTable
          label={t('graph.nodes')}
          rows={nodes}
          firstShown={firstShown}
          rowKey={node => node.entityRef}
          columns={[
            {
              id: 'name',
              title: t('graph.name'),
              render: node => (
                <EntityLink entityRef={node.entityRef}>{node.title}</EntityLink>
              ),
            },
            {
              id: 'type',
              keepsTogether: true,
              title: t('graph.type'),
              render: node => typeName(nodeType(node)),
            },
            {
              id: 'environment',
              title: t('graph.environment'),
              render: node => node.environment ?? t('common.none'),
            },
            {
              id: 'owner',
              title: t('graph.owner'),
              render: node => ownerName(node.owner ?? ''),
            },
            {
              id: 'state',
              title: t('graph.state'),
              render: node => (
                <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
                  {node.health && (
                    <HealthMark
                      health={node.health}
                      scheduled={node.scheduled}
                    />
                  )}
                  {node.stale && (
                    <StatusMark tone="caution" icon={RiTimeLine}>
                      {t('state.stale')}
                    </StatusMark>
                  )}
                  {node.lifecycle === 'deprecated' && t('graph.deprecated')}
                </Box>
              ),
            },
            {
              id: 'hops',
              title: t('graph.hops'),
              render: node => node.depth,
            },
          ]}
        />
      </Section>
      <Section title={t('graph.edges')}>
        <ResponsiveTable
          label={t('graph.edges')}
          rows={graph.edges}
          firstShown={firstShown}
          rowKey={edgeId}
          columns={[
            {
              id: 'from',
              title: t('graph.from'),
              render: edge => titles.get(edge.from) ?? edge.from,
            },
            {
              id: 'relation',
              keepsTogether: true,
              title: t('graph.relation'),
              render: edge => relationName(edge.type),
            },
            {
              id: 'to',
              title: t('graph.to'),
              render: edge => titles.get(edge.to) ?? edge.to,
            },
            {
              id: 'evidence',
              title: t('graph.evidence'),
              render: ({ inferred }) =>
                inferred ? (
                  <>
                    {inferred.evidence}
                    <small>
                      {t('graph.rule')} {inferred.rule}
                    </small>
                  </>
                ) : (
                  t('graph.declared')
                ),
            },
            {
              id: 'confidence',
              keepsTogether: true,
              title: t('graph.confidence'),
              render: ({ inferred }) =>
                inferred && t(`graph.confidence.${inferred.confidence}`),
            },
            {
              id: 'seen',
              keepsTogether: true,
              title: t('graph.lastSeen'),
              render: ({ inferred }) =>
                inferred?.lastSeenAt !== undefined && (
                  <Age at={inferred.lastSeenAt} now={now} />
                ),
            },
          ]}
        />
      </Section>
    </Box>
  );
}
