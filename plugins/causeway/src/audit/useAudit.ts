import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditPage } from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { toAuditQuery, type AuditFilter } from './auditFilter';

const pageSize = 100;

/** The narrowed trail, page by page. It stands still while one reads: it only grows. */
export function useAudit(filter: AuditFilter) {
  const api = useApi(gateApiRef);
  const key = JSON.stringify(toAuditQuery(filter));
  const [state, setState] = useState<{
    of: string;
    page?: AuditPage;
    error?: Error;
    loading: boolean;
  }>({ of: key, loading: true });
  const controllerRef = useRef<AbortController>();

  const read = useCallback(
    async (before?: AuditPage) => {
      controllerRef.current?.abort();
      const controller = new AbortController();
      controllerRef.current = controller;
      setState({ of: key, page: before, loading: true });
      try {
        const page = await api.searchAudit(
          { ...JSON.parse(key), cursor: before?.nextCursor, limit: pageSize },
          { signal: controller.signal },
        );
        if (!controller.signal.aborted) {
          setState({
            of: key,
            page: { ...page, items: [...(before?.items ?? []), ...page.items] },
            loading: false,
          });
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          setState({
            of: key,
            page: before,
            error: error as Error,
            loading: false,
          });
        }
      }
    },
    [api, key],
  );
  useEffect(() => {
    read();
    return () => controllerRef.current?.abort();
  }, [read]);

  const isCurrent = state.of === key;
  return {
    page: isCurrent ? state.page : undefined,
    error: isCurrent ? state.error : undefined,
    loading: isCurrent ? state.loading : true,
    more: () => read(state.page),
    retry: () => read(),
  };
}
