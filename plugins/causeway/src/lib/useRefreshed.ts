import { useCallback, useEffect, useRef, useState } from 'react';

/** A value that is asked for again and again. */
export interface Refreshed<T> {
  /** The last answer; it stays when a later attempt fails. */
  value?: T;
  /** Why the last attempt failed, if it did. */
  error?: Error;
  loading: boolean;
  retry: () => void;
}

/**
 * Loads now and every `intervalMs`, not while the page is hidden, and at once
 * when it is seen again. `load` must keep its identity while its inputs do:
 * another one drops the value and starts over.
 */
export function useRefreshed<T>(
  load: (signal: AbortSignal) => Promise<T>,
  intervalMs?: number,
): Refreshed<T> {
  const [state, setState] = useState<{
    of: typeof load;
    value?: T;
    error?: Error;
    loading: boolean;
  }>({ of: load, loading: true });
  const runRef = useRef<() => void>(() => {});

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let controller: AbortController | undefined;
    let lastStartedAt = 0;
    const isHidden = () => document.visibilityState === 'hidden';

    const schedule = () => {
      clearTimeout(timer);
      if (intervalMs !== undefined && !isHidden()) {
        timer = setTimeout(() => runRef.current(), intervalMs);
      }
    };
    const run = async () => {
      clearTimeout(timer);
      controller?.abort();
      const current = new AbortController();
      controller = current;
      lastStartedAt = Date.now();
      setState(previous => ({
        of: load,
        value: previous.of === load ? previous.value : undefined,
        error: previous.of === load ? previous.error : undefined,
        loading: true,
      }));
      try {
        const value = await load(current.signal);
        if (!current.signal.aborted) {
          setState({ of: load, value, loading: false });
        }
      } catch (error) {
        if (!current.signal.aborted) {
          setState(previous => ({
            of: load,
            value: previous.value,
            error: error instanceof Error ? error : new Error(String(error)),
            loading: false,
          }));
        }
      }
      if (!current.signal.aborted) {
        schedule();
      }
    };
    const onVisibility = () => {
      if (isHidden()) {
        clearTimeout(timer);
      } else if (
        intervalMs !== undefined &&
        Date.now() - lastStartedAt >= intervalMs
      ) {
        run();
      } else {
        schedule();
      }
    };

    runRef.current = run;
    run();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      controller?.abort();
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [load, intervalMs]);

  const retry = useCallback(() => runRef.current(), []);
  const isCurrent = state.of === load;
  return {
    value: isCurrent ? state.value : undefined,
    error: isCurrent ? state.error : undefined,
    loading: isCurrent ? state.loading : true,
    retry,
  };
}
