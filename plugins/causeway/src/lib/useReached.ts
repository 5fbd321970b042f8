import { useCallback, useState } from 'react';

/**
 * Whether the end of something has been on the screen, for as long as it is
 * about the same; `endRef` goes to what stands there. `otherwise` is the answer
 * where nobody can tell.
 */
export function useReached(
  of: string | undefined,
  otherwise = true,
): {
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
        setReachedOf(otherwise ? of : undefined);
        return;
      }
      observer.current = new IntersectionObserver(entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          setReachedOf(of);
        }
      });
      observer.current.observe(end);
    },
    [of, otherwise, observer],
  );
  return { reached: of !== undefined && reachedOf === of, endRef };
}
