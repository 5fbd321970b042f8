import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  formatQueueFilter,
  parseQueueFilter,
  type QueueFilter,
} from './queueFilter';

/** The filter stands in the address, so that one can share it and come back to it. */
export function useQueueFilter(): {
  filter: QueueFilter;
  search: string;
  set: (changes: Partial<QueueFilter>) => void;
} {
  const [params, setParams] = useSearchParams();
  const search = params.toString();
  const filter = useMemo(
    () => parseQueueFilter(new URLSearchParams(search)),
    [search],
  );
  const set = useCallback(
    (changes: Partial<QueueFilter>) =>
      setParams(
        previous =>
          formatQueueFilter({ ...parseQueueFilter(previous), ...changes }),
        { replace: true },
      ),
    [setParams],
  );
  return { filter, search: formatQueueFilter(filter).toString(), set };
}
