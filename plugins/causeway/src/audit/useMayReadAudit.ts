import { useCallback } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { gateApiRef } from '../api';
import { useRefreshed } from '../lib/useRefreshed';

/** Who is in which group changes seldom. */
const pollMs = 5 * 60_000;

/**
 * Whether whoever is signed in may read the audit trail, for a navigation
 * entry: by permission, and by membership of a group of auditors. True where
 * permissions are off, or the gate cannot be asked: the page then says who
 * may. False until it is known.
 *
 * @public
 */
export function useMayReadAudit(): boolean {
  const api = useApi(gateApiRef);
  const config = useApi(configApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getStatus({ signal }),
    [api],
  );
  const { value, error } = useRefreshed(load, pollMs);
  if (config.getOptionalBoolean('permission.enabled') !== true) {
    return true;
  }
  return value ? value.choices.readAudit.allowed : error !== undefined;
}
