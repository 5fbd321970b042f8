import { useEffect, useRef, useState, type RefObject } from 'react';
import { keyAction, type KeyAction } from './keys';

const stored = 'causeway.keys';

function readLetters(): boolean {
  try {
    return window.localStorage.getItem(stored) !== 'off';
  } catch {
    return true;
  }
}

/** Whether single letters do something; a reader by voice can turn them off. */
export function useLetters(): [boolean, (on: boolean) => void] {
  const [letters, setLetters] = useState(readLetters);
  return [
    letters,
    on => {
      setLetters(on);
      try {
        window.localStorage.setItem(stored, on ? 'on' : 'off');
      } catch {
        // Private windows may have no storage: it holds while the page is open.
      }
    },
  ];
}

/** Calls what a key means, wherever on the page it is pressed. */
export function useKeys(
  handlers: Partial<Record<KeyAction, () => void>>,
  options: { letters: boolean; inside?: RefObject<Element>; arrows?: boolean },
): void {
  const handlersRef = useRef(handlers);
  handlersRef.current = handlers;
  const { letters, inside, arrows } = options;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A dialog that is open has the keys to itself.
      if (document.querySelector('[role=dialog]')) {
        return;
      }
      const action = keyAction(event, {
        letters,
        inside: inside?.current,
        arrows,
      });
      const handler = action && handlersRef.current[action];
      if (handler) {
        event.preventDefault();
        handler();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [letters, inside, arrows]);
}
