import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  type MutableRefObject,
} from 'react';
import Button from '@mui/material/Button';
import { styled, type Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useServerNow } from '../lib/useServerNow';
import type { QueueMemory } from './queueMemory';
import { rowShift, type LoadedQueue } from './queuePages';
import { QueueRow, rowHeights } from './QueueRow';
import { useTexts } from '../components/useTexts';

const Scroller = styled('div')(({ theme }) => ({
  overflowY: 'auto',
  overflowAnchor: 'none',
  // As high as its rows: a tall frame around few of them looks broken.
  maxHeight: 'max(22rem, calc(100dvh - 19rem))',
  border: `1px solid ${theme.palette.divider}`,
  borderRadius: 10,
  background: theme.palette.background.paper,
  [theme.breakpoints.down('md')]: {
    maxHeight: 'max(24rem, calc(100dvh - 14rem))',
  },
}));

const List = styled('ul')({
  position: 'relative',
  listStyle: 'none',
  margin: 0,
  padding: 0,
});

const Foot = styled('div')(({ theme }) => ({
  padding: theme.spacing(1.5, 2),
  textAlign: 'center',
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

const loadAhead = 40;

/** The rows that are in view, of as many as are loaded. */
export function QueueList(props: {
  queue: LoadedQueue;
  selectedId?: string;
  onSelect: (id: string) => void;
  search: string;
  allMine: boolean;
  moreError?: Error;
  onMore: () => void;
  /** Rows from the top that the reader has reached. */
  seenRef: MutableRefObject<number>;
  memoryRef: MutableRefObject<QueueMemory>;
  /** Set when the selected row shall have the focus. */
  focusRef: MutableRefObject<boolean>;
  listRef: MutableRefObject<HTMLUListElement | null>;
}) {
  const { t } = useTexts();
  const { queue, selectedId, onMore, seenRef, memoryRef, focusRef } = props;
  const { rows } = queue;
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  const height = isNarrow ? rowHeights.narrow : rowHeights.wide;
  const scrollerRef = useRef<HTMLDivElement>(null);
  const selectedRef = useRef<HTMLAnchorElement>(null);
  const selectedIndex = rows.findIndex(({ id }) => id === selectedId);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => height,
    initialOffset: memoryRef.current.scrollTop,
    overscan: 8,
    // Another function would make it lay out all rows anew at each drawing.
    getItemKey: useCallback(
      (index: number) => rows[index]?.id ?? index,
      [rows],
    ),
    // The selected row stays, wherever one scrolls: it has the focus.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range);
        return selectedIndex === -1 || shown.includes(selectedIndex)
          ? shown
          : [...shown, selectedIndex].sort((a, b) => a - b);
      },
      [selectedIndex],
    ),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);

  // Rows that come or go above must not move what is being read.
  const beforeRef = useRef(rows);
  useLayoutEffect(() => {
    const before = beforeRef.current;
    beforeRef.current = rows;
    const scroller = scrollerRef.current;
    if (before === rows || !scroller || scroller.scrollTop === 0) {
      return;
    }
    const first = Math.ceil(scroller.scrollTop / height);
    const isInView = (index: number) =>
      index >= first &&
      (index + 1) * height <= scroller.scrollTop + scroller.clientHeight;
    const selectedBefore = before.findIndex(({ id }) => id === selectedId);
    const anchor = isInView(selectedBefore) ? selectedBefore : first;
    const shift = rowShift(before[anchor]?.id, before, rows);
    if (shift !== 0) {
      scroller.scrollTop += shift * height;
    }
  }, [rows, selectedId, height]);

  useEffect(() => {
    if (selectedIndex === -1 || !focusRef.current) {
      return;
    }
    virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
    focusRef.current = false;
    selectedRef.current?.focus({ preventScroll: true });
  }, [selectedIndex, selectedId, virtualizer, focusRef]);

  const items = virtualizer.getVirtualItems();
  // The selected row may stand apart from those in view.
  const last = items.length
    ? Math.max(
        ...items
          .map(({ index }) => index)
          .filter(index => index !== selectedIndex),
        0,
      )
    : 0;
  seenRef.current = last + 1;
  const wantsMore =
    queue.nextCursor !== undefined &&
    Math.max(last, selectedIndex) >= rows.length - loadAhead;
  useEffect(() => {
    if (wantsMore && !props.moreError) {
      onMore();
    }
  }, [wantsMore, onMore, rows.length, props.moreError]);

  const soonest = items.reduce(
    (soon, { index }) =>
      Math.min(
        soon,
        rows[index]?.decideBy ?? Infinity,
        rows[index]?.executeBy ?? Infinity,
      ),
    Infinity,
  );
  const now = useServerNow(queue.now, soonest);

  return (
    <Scroller
      ref={scrollerRef}
      onScroll={event => {
        memoryRef.current.scrollTop = event.currentTarget.scrollTop;
      }}
    >
      <List
        ref={props.listRef}
        aria-label={t('approvals.label')}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(item => {
          const row = rows[item.index];
          const isSelected = item.index === Math.max(selectedIndex, 0);
          return (
            row && (
              <QueueRow
                key={row.id}
                ref={isSelected ? selectedRef : undefined}
                row={row}
                index={item.index}
                total={queue.total}
                selected={isSelected}
                now={now}
                height={height}
                offset={item.start}
                search={props.search}
                allMine={props.allMine}
                onFocus={props.onSelect}
              />
            )
          );
        })}
      </List>
      <Foot role="status">
        {props.moreError && (
          <>
            {t('approvals.moreFailed', { message: props.moreError.message })}{' '}
            <Button size="small" onClick={onMore}>
              {t('common.retry')}
            </Button>
          </>
        )}
        {!props.moreError &&
          t(queue.nextCursor ? 'approvals.loadingMore' : 'approvals.end')}
      </Foot>
    </Scroller>
  );
}
