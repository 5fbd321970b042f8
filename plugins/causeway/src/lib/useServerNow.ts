import { useEffect, useState } from 'react';
import { tickEvery } from './timeLeft';

/**
 * The server's time, going on from when it was told, as often as `until` needs
 * it: every second near a deadline, seldom before. In between it stands still,
 * so that what shows it is not drawn again for every other reason.
 */
export function useServerNow(told: number, until?: number): number {
  const [clock, setClock] = useState({ told, at: Date.now(), now: told });
  // What was told anew holds in the very drawing that brings it.
  const current =
    clock.told === told ? clock : { told, at: Date.now(), now: told };
  if (current !== clock) {
    setClock(current);
  }
  const { now } = current;
  const every = tickEvery(until === undefined ? Infinity : until - now);
  useEffect(() => {
    const timer = setInterval(
      () =>
        setClock(last => ({
          ...last,
          now: last.told + (Date.now() - last.at),
        })),
      every,
    );
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
