import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './failure.mjs';

/**
 * Asks again and again until the answer is not `undefined`.
 *
 * @param {() => Promise<T | undefined>} ask
 * @param {{ what: string, seconds: number, signal: AbortSignal }} options
 * @template T
 */
export async function waitFor(ask, { what, seconds, signal }) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await delay(250, undefined, { signal });
  }
  throw new Failure(`${what} did not come up within ${seconds} seconds.`);
}

/** GETs JSON (or `true` for any other body); `undefined` unless the answer is 2xx. */
export async function fetchIfUp(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) return undefined;
  return response.headers.get('content-type')?.includes('json')
    ? response.json()
    : true;
}
