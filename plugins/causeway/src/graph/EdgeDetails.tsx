import type { GraphEdge } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { EntityLink } from '../components/EntityLink';
import { DetailsPanel } from './DetailsPanel';
import { edgeId, type VisibleGraph } from './model';
import { useNames } from './useNames';
import { useTexts } from '../components/useTexts';

/** Why a relation is there: rule, evidence, confidence, when it was last seen. */
export function EdgeDetails(props: {
  edge: GraphEdge;
  graph: VisibleGraph;
  now: number;
  onClose: () => void;
}) {
  const { t } = useTexts();
  const { relationName } = useNames();
  const { edge, graph, now } = props;
  const titleOf = (ref: string) =>
    graph.nodes.find(({ entityRef }) => entityRef === ref)?.title ?? ref;
  const { inferred } = edge;

  return (
    <DetailsPanel
      title={`${titleOf(edge.from)} ${relationName(edge.type)} ${titleOf(
        edge.to,
      )}`}
      label={t('graph.edgeDetails')}
      subject={edgeId(edge)}
      onClose={props.onClose}
    >
      {inferred ? (
        <dl>
          <dt>{t('graph.evidence')}</dt>
          <dd>{inferred.evidence}</dd>
          <dt>{t('graph.rule')}</dt>
          <dd>
            <code>{inferred.rule}</code>
          </dd>
          <dt>{t('graph.confidence')}</dt>
          <dd>{t(`graph.${inferred.confidence}`)}</dd>
          <dt>{t('graph.lastSeen')}</dt>
          <dd>
            {inferred.lastSeenAt === undefined ? (
              t('common.unknown')
            ) : (
              <Age at={inferred.lastSeenAt} now={now} />
            )}
          </dd>
        </dl>
      ) : (
        <p>{t('graph.noEvidence')}</p>
      )}
      <dl>
        <dt>{t('graph.from')}</dt>
        <dd>
          <EntityLink entityRef={edge.from}>{titleOf(edge.from)}</EntityLink>
        </dd>
        <dt>{t('graph.to')}</dt>
        <dd>
          <EntityLink entityRef={edge.to}>{titleOf(edge.to)}</EntityLink>
        </dd>
      </dl>
    </DetailsPanel>
  );
}
