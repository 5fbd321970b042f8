import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';

/** Signals that a test sends. */
export function createSignals() {
  const listeners = new Set<(message: never) => void>();
  const api: SignalApi = {
    subscribe(_channel, onMessage) {
      listeners.add(onMessage as never);
      return { unsubscribe: () => listeners.delete(onMessage as never) };
    },
  };
  return {
    api,
    send: (message: JsonObject) =>
      listeners.forEach(listener => listener(message as never)),
  };
}
