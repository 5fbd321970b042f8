import { useEffect, useMemo, useRef, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { visuallyHidden } from '@mui/utils';
import { useNavigate } from 'react-router-dom';
import { GateNotices } from '../components/GateNotices';
import { LoadError } from '../components/LoadError';
import { PageBody } from '../components/PageBody';
import { RefreshNote } from '../components/RefreshNote';
import { useLocale } from '../components/useLocale';
import { useGateStatus } from '../lib/useGateStatus';
import { DecideFromQueue } from '../request/DecideFromQueue';
import { KeysDialog } from './KeysDialog';
import { QueueEmpty } from './QueueEmpty';
import { QueueFilters } from './QueueFilters';
import { QueueList } from './QueueList';
import { useQueueMemory } from './queueMemory';
import { QueueViews } from './QueueViews';
import { toRequestQuery } from './queueFilter';
import { useKeys, useLetters } from './useKeys';
import { useQueue } from './useQueue';
import { useQueueFilter } from './useQueueFilter';
import { useSelection } from './useSelection';
import { useTexts } from '../components/useTexts';

const mostCounted = 10_000;

/** The queue: what wants me first. */
export function QueuePage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const locale = useLocale();
  const { filter, search, set } = useQueueFilter();
  const { value: status } = useGateStatus();
  const query = useMemo(() => toRequestQuery(filter), [filter]);
  const memoryRef = useQueueMemory();
  const seenRef = useRef(0);
  const { queue, error, moreError, outdated, loadMore, refresh } = useQueue(
    query,
    seenRef,
    memoryRef,
  );
  const rows = useMemo(() => queue?.rows ?? [], [queue]);
  const { selectedId, gone, select, move } = useSelection(
    rows,
    memoryRef.current.selectedId,
  );
  const [decision, setDecision] = useState<{
    id: string;
    decision: 'approve' | 'deny';
  }>();
  const [showsKeys, setShowsKeys] = useState(false);
  const [letters, setLetters] = useLetters();
  const focusRef = useRef(false);
  const listRef = useRef<HTMLUListElement | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  useEffect(() => {
    memoryRef.current.search = search;
    memoryRef.current.selectedId = selectedId;
  }, [memoryRef, search, selectedId]);

  const current = selectedId ?? rows[0]?.id;
  const go = (by: number) => () => {
    focusRef.current = true;
    move(by);
  };
  const open = (id: string | undefined) =>
    id && navigate({ pathname: encodeURIComponent(id), search });
  useKeys(
    {
      down: go(1),
      up: go(-1),
      first: go(-Infinity),
      last: go(Infinity),
      open: () => open(current),
      approve: () =>
        current && setDecision({ id: current, decision: 'approve' }),
      deny: () => current && setDecision({ id: current, decision: 'deny' }),
      search: () => searchRef.current?.focus(),
      help: () => setShowsKeys(true),
    },
    { letters, inside: listRef },
  );

  const total =
    queue &&
    (queue.total >= mostCounted
      ? t('approvals.countMany', {
          total: new Intl.NumberFormat(locale).format(mostCounted),
        })
      : t('approvals.count', { count: queue.total }));

  return (
    <PageBody>
      {status && <GateNotices status={status} />}
      <QueueViews
        view={filter.view}
        status={status}
        onChange={view => set({ view, state: [] })}
      />
      <QueueFilters
        filter={filter}
        rows={rows}
        onChange={set}
        onKeys={() => setShowsKeys(true)}
        searchRef={searchRef}
      />
      {!queue && error && (
        <LoadError
          title={t('approvals.errorTitle')}
          error={error}
          onRetry={refresh}
        />
      )}
      {!queue && !error && (
        <Box
          role="status"
          aria-label={t('approvals.loading')}
          sx={{ display: 'grid', gap: 1 }}
        >
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} variant="rounded" height={60} />
          ))}
        </Box>
      )}
      {queue && (
        <>
          <RefreshNote now={queue.now} error={error} onRefresh={refresh}>
            {total}
          </RefreshNote>
          {outdated && (
            <Alert
              severity="info"
              role="status"
              action={
                <Button color="inherit" size="small" onClick={refresh}>
                  {t('approvals.readAgain')}
                </Button>
              }
            >
              {t('approvals.outdated')}
            </Alert>
          )}
          <span style={visuallyHidden} aria-live="polite">
            {gone && t('approvals.gone')}
          </span>
          {rows.length === 0 ? (
            <QueueEmpty
              filter={filter}
              status={status}
              onPending={() => set({ view: 'pending' })}
            />
          ) : (
            <QueueList
              key={JSON.stringify(query)}
              queue={queue}
              selectedId={selectedId}
              onSelect={select}
              search={search}
              allMine={filter.view === 'mine'}
              moreError={moreError}
              onMore={loadMore}
              seenRef={seenRef}
              memoryRef={memoryRef}
              focusRef={focusRef}
              listRef={listRef}
            />
          )}
        </>
      )}
      {decision && (
        <DecideFromQueue
          key={decision.id}
          id={decision.id}
          decision={decision.decision}
          onClose={() => {
            focusRef.current = true;
            setDecision(undefined);
          }}
          onVoted={() => {
            focusRef.current = true;
            setDecision(undefined);
            refresh();
          }}
        />
      )}
      {showsKeys && (
        <KeysDialog
          letters={letters}
          onLetters={setLetters}
          onClose={() => setShowsKeys(false)}
        />
      )}
    </PageBody>
  );
}
