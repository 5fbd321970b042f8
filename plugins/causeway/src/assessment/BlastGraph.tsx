import { useCallback, useMemo, useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { useNavigate } from 'react-router-dom';
import type { EstateGraph } from '@causeway/backstage-plugin-causeway-common';
import { estateApiRef } from '../api';
import { useEntityPath } from '../components/EntityLink';
import { Loaded } from '../components/Loaded';
import { useTexts } from '../components/useTexts';
import { GraphCanvas } from '../graph/canvas/GraphCanvas';
import { starLayout } from '../graph/layout/starLayout';
import { shortName } from '../lib/shortName';
import { useRefreshed } from '../lib/useRefreshed';
import { directDependents } from './directDependents';

/** More would fill a card; the graph's own page shows them. */
const mostShown = 8;

/** Parts of it are neighbours, too. */
const mostRead = 200;

const margin = 22;

function Drawing({ graph }: { graph: EstateGraph }) {
  const { t } = useTexts();
  const path = useEntityPath();
  const navigate = useNavigate();
  const focusNodeRef = useRef<(entityRef: string) => void>();
  const { shown, count } = useMemo(
    () => directDependents(graph, mostShown),
    [graph],
  );
  const { rootRef } = graph;
  const layout = useMemo(() => starLayout(shown, rootRef), [shown, rootRef]);
  if (count === 0) {
    // The counts above say it, and the link below leads to all of it.
    return null;
  }
  return (
    <>
      <GraphCanvas
        graph={shown}
        layout={layout}
        rootRef={rootRef}
        label={t('request.blastGraph', { name: shortName(rootRef) })}
        smallHeight={layout.height + 2 * margin}
        onSelect={selection => {
          const to =
            selection?.kind === 'node' ? path(selection.entityRef) : undefined;
          if (to) {
            navigate(to);
          }
        }}
        focusNodeRef={focusNodeRef}
      />
      {count > mostShown && (
        <small>{t('request.blastMore', { count: count - mostShown })}</small>
      )}
    </>
  );
}

/** What depends on something directly, as a small drawing. */
export function BlastGraph({ entityRef }: { entityRef: string }) {
  const { t } = useTexts();
  const api = useApi(estateApiRef);
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getGraph(
        { entityRef, depth: 1, direction: 'backward', limit: mostRead },
        { signal },
      ),
    [api, entityRef],
  );
  const graph = useRefreshed(load);
  return (
    <Loaded of={graph} errorTitle={t('graph.errorTitle')}>
      {value => <Drawing graph={value} />}
    </Loaded>
  );
}
