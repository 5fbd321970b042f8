import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type MutableRefObject,
} from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RequestQuery } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { useRequestSignals } from '../lib/useRequestSignals';
import type { QueueMemory } from './queueMemory';
import { appendPage, type LoadedQueue } from './queuePages';

export const queuePageSize = 200;

/** Without signals, or where one was missed. */
const pollMs = 10_000;

/** A reader further down than this is told of changes and reads again when it suits. */
const mostRead = 2_000;

export interface Queue {
  queue?: LoadedQueue;
  error?: Error;
  loading: boolean;
  /** Why the next page did not come, if it did not. */
  moreError?: Error;
  /** Whether the queue changed and was not read again. */
  outdated: boolean;
  loadMore: () => void;
  refresh: () => void;
}

/**
 * The rows of a query, page by page, read again when something changes. `seenRef`
 * says how many rows from the top the reader has reached: as many are read
 * again. What was loaded before is shown until then.
 */
export function useQueue(
  query: RequestQuery,
  seenRef: MutableRefObject<number>,
  memoryRef: MutableRefObject<QueueMemory>,
): Queue {
  const api = useApi(gateApiRef);
  const key = JSON.stringify(query);
  const memory = memoryRef.current;
  if (memory.key !== key) {
    Object.assign(memory, {
      key,
      queue: undefined,
      selectedId: undefined,
      scrollTop: 0,
    });
  }
  const [state, setState] = useState<{
    of: string;
    queue?: LoadedQueue;
    error?: Error;
    moreError?: Error;
    loading: boolean;
    outdated: boolean;
  }>({ of: key, queue: memory.queue, loading: true, outdated: false });
  const stateRef = useRef(state);
  stateRef.current = state;
  const readRef = useRef<AbortController>();
  const moreRef = useRef<AbortController>();
  // Something changed while the queue was being read: that answer may be of before.
  const missedRef = useRef(false);
  const refreshRef = useRef(() => {});

  const read = useCallback(
    async (rows: number) => {
      readRef.current?.abort();
      moreRef.current?.abort();
      moreRef.current = undefined;
      const controller = new AbortController();
      readRef.current = controller;
      missedRef.current = false;
      const { signal } = controller;
      const asked: RequestQuery = JSON.parse(key);
      setState(previous =>
        previous.of === key
          ? { ...previous, loading: true }
          : { of: key, loading: true, outdated: false },
      );
      try {
        let queue: LoadedQueue | undefined;
        do {
          queue = appendPage(
            queue,
            await api.listRequests(
              { ...asked, cursor: queue?.nextCursor, limit: queuePageSize },
              { signal },
            ),
          );
        } while (queue.nextCursor && queue.rows.length < rows);
        if (!signal.aborted) {
          setState({ of: key, queue, loading: false, outdated: false });
        }
      } catch (error) {
        if (!signal.aborted) {
          setState(previous => ({
            ...previous,
            of: key,
            error: error as Error,
            loading: false,
          }));
        }
      }
      if (readRef.current === controller) {
        readRef.current = undefined;
        if (missedRef.current) {
          refreshRef.current();
        }
      }
    },
    [api, key],
  );

  const refresh = useCallback(() => {
    read(Math.min(seenRef.current, mostRead));
  }, [read, seenRef]);
  refreshRef.current = refresh;

  const onChange = useCallback(() => {
    if (document.visibilityState === 'hidden' || readRef.current) {
      return;
    }
    if (seenRef.current > mostRead) {
      setState(previous => ({ ...previous, outdated: true }));
    } else {
      refresh();
    }
  }, [refresh, seenRef]);

  const loadMore = useCallback(async () => {
    const { queue, of } = stateRef.current;
    if (
      of !== key ||
      !queue?.nextCursor ||
      moreRef.current ||
      readRef.current
    ) {
      return;
    }
    const controller = new AbortController();
    moreRef.current = controller;
    try {
      const page = await api.listRequests(
        {
          ...JSON.parse(key),
          cursor: queue.nextCursor,
          limit: queuePageSize,
        },
        { signal: controller.signal },
      );
      if (!controller.signal.aborted) {
        moreRef.current = undefined;
        setState(previous => ({
          ...previous,
          queue: appendPage(previous.queue, page),
          moreError: undefined,
        }));
      }
    } catch (error) {
      if (!controller.signal.aborted) {
        moreRef.current = undefined;
        setState(previous => ({ ...previous, moreError: error as Error }));
      }
    }
  }, [api, key]);

  useEffect(() => {
    const known = memoryRef.current.queue?.rows.length ?? 0;
    read(Math.min(known, mostRead));
    const timer = setInterval(onChange, pollMs);
    const onVisible = () => onChange();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
      readRef.current?.abort();
      readRef.current = undefined;
      moreRef.current?.abort();
      moreRef.current = undefined;
    };
  }, [read, onChange, memoryRef]);
  useRequestSignals(() => {
    missedRef.current = readRef.current !== undefined;
    onChange();
  });
  useEffect(() => {
    if (state.of === key && state.queue) {
      memoryRef.current.queue = state.queue;
    }
  }, [state, key, memoryRef]);

  const isCurrent = state.of === key;
  return {
    queue: isCurrent ? state.queue : undefined,
    error: isCurrent ? state.error : undefined,
    moreError: isCurrent ? state.moreError : undefined,
    outdated: isCurrent && state.outdated,
    loading: isCurrent ? state.loading : true,
    loadMore,
    refresh,
  };
}
