import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import type {
  GateRequest,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import { Io } from '../cli/Io';
import { Arguments } from '../cli/parseArguments';
import { askGate, GateConnection, GateRefused } from './GateConnection';

/** Nothing comes after these by itself. */
const over: readonly RequestState[] = [
  'succeeded',
  'failed',
  'rolled-back',
  'refused',
  'denied',
  'expired',
  'withdrawn',
  'lapsed',
  'unknown',
  // Somebody does it by hand, and says so there.
  'manual',
];

/** Whether a request has come to its end; an unknown outcome is one that people have to look at. */
export const isOver = (state: RequestState) => over.includes(state);

/** Minutes of `--wait`, as milliseconds. */
export function waitOf(args: Arguments): number | undefined {
  const text = args.text('wait');
  if (text === undefined) {
    return undefined;
  }
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0) {
    throw new InputError(`--wait takes whole minutes, as in 10, not "${text}"`);
  }
  return Number(text) * 60_000;
}

/** Reads one request with everything of it. */
export const readRequest = (connection: GateConnection, id: string) =>
  askGate<GateRequest>(connection, `/requests/${id}`);

/**
 * Reads a request again and again until it is over, and says what is new. What
 * the gate cannot answer for a while is asked again; what it refuses is not.
 *
 * @returns the request as it was last seen
 */
export async function waitForOutcome(
  connection: GateConnection,
  id: string,
  options: { forMs: number; io: Pick<Io, 'stderr'>; everyMs?: number },
): Promise<GateRequest> {
  const { forMs, io, everyMs = 2_000 } = options;
  const until = performance.now() + forMs;
  let seen = 0;
  let last: GateRequest | undefined;
  let pause = everyMs;
  for (;;) {
    try {
      last = await readRequest(connection, id);
      for (const { type, message } of last.events.slice(seen)) {
        io.stderr.write(`${type}: ${message}\n`);
        pause = everyMs;
      }
      seen = last.events.length;
      if (isOver(last.state)) {
        return last;
      }
    } catch (error) {
      if (error instanceof GateRefused && error.status < 500) {
        throw error;
      }
      if (performance.now() + pause >= until) {
        throw error;
      }
    }
    if (last && performance.now() + pause >= until) {
      return last;
    }
    await sleep(pause);
    // People take their time: nobody is asked every two seconds for an hour.
    pause = Math.min(pause * 1.2, 15_000);
  }
}
