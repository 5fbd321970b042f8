import { useCallback, useEffect, useRef, useState } from 'react';

/** A call of the gate that somebody makes by hand. */
export interface GateCall {
  busy: boolean;
  error?: Error;
  /** Makes it, once at a time; answers whether it went well. */
  run: (call: () => Promise<void>) => Promise<boolean>;
}

export function useGateCall(): GateCall {
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({
    busy: false,
  });
  const busyRef = useRef(false);
  const mountedRef = useRef(true);
  useEffect(() => {
    mountedRef.current = true;
    return () => {
      mountedRef.current = false;
    };
  }, []);
  const run = useCallback(async (call: () => Promise<void>) => {
    if (busyRef.current) {
      return false;
    }
    busyRef.current = true;
    setState({ busy: true });
    let error: Error | undefined;
    try {
      await call();
    } catch (thrown) {
      error = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    busyRef.current = false;
    if (mountedRef.current) {
      setState({ busy: false, error });
    }
    return error === undefined;
  }, []);
  return { ...state, run };
}
