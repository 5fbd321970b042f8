import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { useRefreshed, type Refreshed } from './useRefreshed';
import { useRequestSignals } from './useRequestSignals';

const pollMs = 10_000;

/** How the gate is, kept current. */
export function useGateStatus(every = pollMs): Refreshed<GateStatus> {
  const api = useApi(gateApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getStatus({ signal }),
    [api],
  );
  const status = useRefreshed(load, every);
  useRequestSignals(status.retry);
  return status;
}
