import { useEffect, useState } from 'react';
import { tickEvery } from './timeLeft';

/**
 * The server's time, going on from when it was told, as often as `until` needs
 * it: every second near a deadline, seldom before.
 */
export function useServerNow(told: number, until?: number): number {
  const [{ base, at }, setTold] = useState({ base: told, at: Date.now() });
  const [, setTick] = useState(0);
  if (base !== told) {
    setTold({ base: told, at: Date.now() });
  }
  const now = base === told ? told + (Date.now() - at) : told;
  const every = tickEvery(until === undefined ? Infinity : until - now);
  useEffect(() => {
    const timer = setInterval(() => setTick(tick => tick + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
