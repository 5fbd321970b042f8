import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';
import {
  requestsChannel,
  type RequestsSignal,
} from '@causeway/backstage-plugin-causeway-common';

/** A burst of signals is answered once, and not more often than this. */
export const signalDebounceMs = 400;

/**
 * Calls `onChange` when a request changed (the one with `id`, where given):
 * once for a burst of signals.
 */
export function useRequestSignals(onChange: () => void, id?: string): void {
  const { lastSignal } = useSignal<RequestsSignal>(requestsChannel);
  const changeRef = useRef(onChange);
  changeRef.current = onChange;
  const timerRef = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    if (!lastSignal || (id !== undefined && lastSignal.id !== id)) {
      return;
    }
    timerRef.current ??= setTimeout(() => {
      timerRef.current = undefined;
      changeRef.current();
    }, signalDebounceMs);
  }, [lastSignal, id]);

  useEffect(
    () => () => {
      clearTimeout(timerRef.current);
      timerRef.current = undefined;
    },
    [],
  );
}
