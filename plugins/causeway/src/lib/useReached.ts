import { useCallback, useState } from 'react';

/**
 * Whether the end of something has been on the screen, for as long as it is
 * about the same; `endRef` goes to what stands there. Where nobody can tell, it
 * counts as reached.
 */
export function useReached(of: string | undefined): {
  reached: boolean;
  endRef: (end: Element | null) => void;
} {
  const [reachedOf, setReachedOf] = useState<string>();
  const [observer] = useState<{ current?: IntersectionObserver }>({});
  const endRef = useCallback(
    (end: Element | null) => {
      observer.current?.disconnect();
      if (!end || of === undefined) {
        return;
      }
      if (typeof IntersectionObserver === 'undefined') {
        setReachedOf(of);
        return;
      }
      observer.current = new IntersectionObserver(entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          setReachedOf(of);
        }
      });
      observer.current.observe(end);
    },
    [of, observer],
  );
  return { reached: of !== undefined && reachedOf === of, endRef };
}
