import {
  createContext,
  useContext,
  useRef,
  type MutableRefObject,
  type ReactNode,
} from 'react';
import type { LoadedQueue } from './queuePages';

/** Where the reader was in the queue, while a request is open. */
export interface QueueMemory {
  /** The query that it was, as JSON. */
  key?: string;
  queue?: LoadedQueue;
  selectedId?: string;
  scrollTop: number;
  /** The queue's part of the address. */
  search: string;
}

const MemoryContext = createContext<MutableRefObject<QueueMemory> | undefined>(
  undefined,
);

/** Remembers the reader's place for all pages of approvals. */
export function QueueMemoryProvider(props: { children: ReactNode }) {
  const memoryRef = useRef<QueueMemory>({ scrollTop: 0, search: '' });
  return (
    <MemoryContext.Provider value={memoryRef}>
      {props.children}
    </MemoryContext.Provider>
  );
}

export function useQueueMemory(): MutableRefObject<QueueMemory> {
  const memoryRef = useContext(MemoryContext);
  const ownRef = useRef<QueueMemory>({ scrollTop: 0, search: '' });
  return memoryRef ?? ownRef;
}
