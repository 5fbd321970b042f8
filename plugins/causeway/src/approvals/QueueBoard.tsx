import { useEffect, useRef, useState, type MutableRefObject } from 'react';
import { visuallyHidden } from '@mui/utils';
import { useNavigate } from 'react-router-dom';
import { DecideFromQueue } from '../request/DecideFromQueue';
import { QueueList } from './QueueList';
import { useQueueMemory } from './queueMemory';
import type { LoadedQueue } from './queuePages';
import { useKeys } from './useKeys';
import { useSelection } from './useSelection';
import { useTexts } from '../components/useTexts';

/**
 * The rows, which of them is selected, and what keys do with it. The selection
 * lives here and no higher: a key draws two rows anew and nothing of the page.
 */
export function QueueBoard(props: {
  queue: LoadedQueue;
  /** The filter as an address: a request that is opened leads back to it. */
  search: string;
  /** Whether all that is shown wants the reader. */
  allMine: boolean;
  letters: boolean;
  moreError?: Error;
  onMore: () => void;
  onRefresh: () => void;
  /** Rows from the top that the reader has reached. */
  seenRef: MutableRefObject<number>;
}) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const memoryRef = useQueueMemory();
  const { queue, search } = props;
  const { rows } = queue;
  const { selectedId, gone, select, move } = useSelection(
    rows,
    memoryRef.current.selectedId,
  );
  const [decision, setDecision] = useState<{
    id: string;
    decision: 'approve' | 'deny';
  }>();
  const focusRef = useRef(false);
  const listRef = useRef<HTMLUListElement | null>(null);

  useEffect(() => {
    memoryRef.current.selectedId = selectedId;
  }, [memoryRef, selectedId]);

  const current = selectedId ?? rows[0]?.id;
  const go = (by: number) => () => {
    focusRef.current = true;
    move(by);
  };
  const open = () =>
    current && navigate({ pathname: encodeURIComponent(current), search });
  const decide = (how: 'approve' | 'deny') => () => {
    const state = rows.find(({ id }) => id === current)?.state;
    // What wants something else than a vote is done on its page.
    if (state === 'manual' || state === 'unknown') {
      open();
    } else if (current) {
      setDecision({ id: current, decision: how });
    }
  };
  useKeys(
    {
      down: go(1),
      up: go(-1),
      first: go(-Infinity),
      last: go(Infinity),
      open,
      approve: decide('approve'),
      deny: decide('deny'),
    },
    { letters: props.letters, inside: listRef },
  );
  const close = () => {
    focusRef.current = true;
    setDecision(undefined);
  };

  return (
    <>
      <span style={visuallyHidden} aria-live="polite">
        {gone && t('approvals.gone')}
      </span>
      {rows.length > 0 && (
        <QueueList
          queue={queue}
          selectedId={selectedId}
          onSelect={select}
          search={search}
          allMine={props.allMine}
          moreError={props.moreError}
          onMore={props.onMore}
          seenRef={props.seenRef}
          memoryRef={memoryRef}
          focusRef={focusRef}
          listRef={listRef}
        />
      )}
      {decision && (
        <DecideFromQueue
          key={decision.id}
          id={decision.id}
          decision={decision.decision}
          onClose={close}
          onVoted={() => {
            close();
            props.onRefresh();
          }}
        />
      )}
    </>
  );
}
