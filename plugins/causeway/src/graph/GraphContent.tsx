import { useMemo, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { RiFilterOffLine } from '@remixicon/react';
import { Empty } from '../components/Empty';
import { LoadError } from '../components/LoadError';
import { RefreshNote } from '../components/RefreshNote';
import { GraphTable } from './GraphTable';
import { GraphToolbar } from './GraphToolbar';
import { GraphWalk } from './GraphWalk';
import { filterGraph, hiddenAtFirst, type HiddenValues } from './model';
import { useEstateGraph } from './useEstateGraph';
import { useGraphParams } from './useGraphParams';
import { useTexts } from '../components/useTexts';

/** Content of the Graph tab: what an entity is related to, and why. */
export function GraphContent() {
  const { entity } = useEntity();
  const { t } = useTexts();
  const { depth, direction, view, set } = useGraphParams();
  const { value, error, retry } = useEstateGraph(
    stringifyEntityRef(entity),
    depth,
    direction,
  );
  const [hidden, setHidden] = useState<HiddenValues>(hiddenAtFirst);
  const shown = useMemo(
    () => value && filterGraph(value, hidden),
    [value, hidden],
  );

  return (
    <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
      <GraphToolbar
        graph={value}
        depth={depth}
        direction={direction}
        view={view}
        hidden={hidden}
        onParams={set}
        onHidden={setHidden}
      />
      {!value && error && (
        <LoadError
          title={t('graph.errorTitle')}
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <Box role="status" aria-label={t('graph.loading')}>
          <Skeleton variant="rounded" height={420} />
        </Box>
      )}
      {value && shown && (
        <>
          <RefreshNote now={value.now} error={error} onRefresh={retry}>
            {[
              shown.nodes.length === value.nodes.length
                ? t('graph.nodes', { count: shown.nodes.length })
                : t('graph.nodesOf', {
                    shown: String(shown.nodes.length),
                    count: value.nodes.length,
                  }),
              t('graph.relations', { count: shown.edges.length }),
            ].join(', ')}
          </RefreshNote>
          {value.truncated && (
            <Alert severity="info" role="status">
              {t('graph.truncated', { total: String(value.nodes.length) })}
            </Alert>
          )}
          {value.nodes.length <= 1 && (
            <Empty title={t('graph.emptyTitle')}>{t('graph.emptyText')}</Empty>
          )}
          {value.nodes.length > 1 && shown.nodes.length <= 1 && (
            <Empty icon={RiFilterOffLine} title={t('graph.filteredTitle')} />
          )}
          {shown.nodes.length > 1 && view === 'table' && (
            <GraphTable graph={shown} now={value.now} />
          )}
          {shown.nodes.length > 1 && view === 'graph' && (
            <GraphWalk graph={shown} rootRef={value.rootRef} now={value.now} />
          )}
        </>
      )}
    </Box>
  );
}
