import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestRow } from '@causeway/backstage-plugin-causeway-common';
import { keepSelection } from './queuePages';

/**
 * Which row is selected. It follows its request when rows come and go; `gone`
 * says that it is no longer there and another one took its place.
 */
export function useSelection(
  rows: readonly RequestRow[],
  initial: string | undefined,
): {
  selectedId?: string;
  gone: boolean;
  select: (id: string) => void;
  /** Selects so many rows further; answers the row. */
  move: (by: number) => void;
} {
  const [state, setState] = useState<{ id?: string; gone: boolean }>({
    id: initial,
    gone: false,
  });
  const beforeRef = useRef(rows);
  useEffect(() => {
    const before = beforeRef.current;
    beforeRef.current = rows;
    setState(previous => {
      const id = keepSelection(previous.id, before, rows);
      return id === previous.id
        ? previous
        : { id, gone: previous.id !== undefined && id !== undefined };
    });
  }, [rows]);

  const select = useCallback(
    (id: string) =>
      setState(previous =>
        previous.id === id ? previous : { id, gone: false },
      ),
    [],
  );
  const move = useCallback((by: number) => {
    const all = beforeRef.current;
    setState(previous => {
      // Where nothing was selected yet, the first row is.
      const at = Math.max(
        all.findIndex(({ id }) => id === previous.id),
        0,
      );
      const to = Math.min(Math.max(at + by, 0), all.length - 1);
      return all[to] ? { id: all[to].id, gone: false } : previous;
    });
  }, []);
  return { selectedId: state.id, gone: state.gone, select, move };
}
