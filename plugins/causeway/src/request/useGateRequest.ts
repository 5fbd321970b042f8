import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { useRefreshed } from '../lib/useRefreshed';
import { useRequestSignals } from '../lib/useRequestSignals';
import { requestDifferences, type Difference } from '../lib/requestDifferences';

const pollMs = 10_000;

/** A request as it is on the screen. */
export interface ShownRequest {
  request?: GateRequest;
  error?: Error;
  loading: boolean;
  retry: () => void;
  /** Puts an answer of the gate in place of what was read before. */
  replace: (request: GateRequest) => void;
  /**
   * What is not as it was when the reader last looked, with the digest then;
   * absent while nothing is.
   */
  changed?: { from: string; differences: Difference[] };
  /** Says that the reader has looked at what changed. */
  look: () => void;
  /** Milliseconds since the reader first saw what is on the screen. */
  lookedFor: () => number;
}

/**
 * One request, kept current. A digest that changes under the reader's eyes is
 * not one that was looked at: it has to be looked at before anything else.
 */
export function useGateRequest(id: string): ShownRequest {
  const api = useApi(gateApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getRequest(id, { signal }),
    [api, id],
  );
  const { value, error, loading, retry } = useRefreshed(load, pollMs);
  useRequestSignals(retry, id);

  const [answer, setAnswer] = useState<GateRequest>();
  const request =
    answer?.id === id && answer.revision >= (value?.revision ?? 0)
      ? answer
      : value;

  const [seen, setSeen] = useState<GateRequest>();
  const openedRef = useRef(Date.now());
  const isFirst = request !== undefined && seen?.id !== request.id;
  useEffect(() => {
    if (isFirst) {
      setSeen(request);
      openedRef.current = Date.now();
    }
  }, [isFirst, request]);

  const look = useCallback(() => {
    setSeen(request);
    openedRef.current = Date.now();
  }, [request]);

  const isChanged =
    request !== undefined &&
    seen?.id === request.id &&
    seen.digest !== request.digest;
  return {
    request,
    error,
    loading,
    retry,
    replace: setAnswer,
    changed: isChanged
      ? { from: seen.digest, differences: requestDifferences(seen, request) }
      : undefined,
    look,
    lookedFor: useCallback(() => Date.now() - openedRef.current, []),
  };
}
