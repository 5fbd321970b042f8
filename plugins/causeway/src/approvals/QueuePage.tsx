import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import type { RequestRow } from '@causeway/backstage-plugin-causeway-common';
import { GateNotices } from '../components/GateNotices';
import { HaltButton } from '../halt/HaltButton';
import { everything } from '../lib/haltScope';
import { LoadError } from '../components/LoadError';
import { PageBody } from '../components/PageBody';
import { RefreshNote } from '../components/RefreshNote';
import { useLocale } from '../components/useLocale';
import { useGateStatus } from '../lib/useGateStatus';
import { KeysDialog } from './KeysDialog';
import { QueueBoard } from './QueueBoard';
import { QueueEmpty } from './QueueEmpty';
import { QueueFilters } from './QueueFilters';
import { useQueueMemory } from './queueMemory';
import { QueueViews } from './QueueViews';
import { toRequestQuery, type QueueView } from './queueFilter';
import { useKeys, useLetters } from './useKeys';
import { useQueue } from './useQueue';
import { useQueueFilter } from './useQueueFilter';
import { useTexts } from '../components/useTexts';

const mostCounted = 10_000;
const noRows: RequestRow[] = [];

/** The queue: what wants me first. */
export function QueuePage() {
  const { t } = useTexts();
  const locale = useLocale();
  const { filter, search, set } = useQueueFilter();
  const { value: status, retry: onGateChanged } = useGateStatus();
  const query = useMemo(() => toRequestQuery(filter), [filter]);
  const memoryRef = useQueueMemory();
  const seenRef = useRef(0);
  const { queue, error, moreError, outdated, loadMore, refresh } = useQueue(
    query,
    seenRef,
    memoryRef,
  );
  const [showsKeys, setShowsKeys] = useState(false);
  const [letters, setLetters] = useLetters();
  const searchRef = useRef<HTMLInputElement>(null);
  const showKeys = useCallback(() => setShowsKeys(true), []);
  const toView = useCallback(
    (view: QueueView) => set({ view, state: [] }),
    [set],
  );
  useKeys(
    { search: () => searchRef.current?.focus(), help: showKeys },
    { letters },
  );

  useEffect(() => {
    memoryRef.current.search = search;
  }, [memoryRef, search]);

  const total =
    queue &&
    (queue.total >= mostCounted
      ? t('approvals.countMany', {
          total: new Intl.NumberFormat(locale).format(mostCounted),
        })
      : t('approvals.count', { count: queue.total }));

  return (
    <PageBody>
      {status && <GateNotices status={status} onChanged={onGateChanged} />}
      <QueueViews view={filter.view} status={status} onChange={toView} />
      <QueueFilters
        filter={filter}
        rows={queue?.rows ?? noRows}
        onChange={set}
        onKeys={showKeys}
        searchRef={searchRef}
      >
        <HaltButton
          scope={everything}
          status={status}
          onChanged={onGateChanged}
        />
      </QueueFilters>
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
          {queue.rows.length === 0 && (
            <QueueEmpty
              filter={filter}
              status={status}
              onPending={() => toView('pending')}
            />
          )}
          <QueueBoard
            key={JSON.stringify(query)}
            queue={queue}
            search={search}
            allMine={filter.view === 'mine'}
            letters={letters}
            moreError={moreError}
            onMore={loadMore}
            onRefresh={refresh}
            seenRef={seenRef}
          />
        </>
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
