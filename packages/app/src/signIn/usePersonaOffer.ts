import { useEffect, useState } from 'react';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  currentPersona,
  fetchPersonaOffer,
  type PersonaOffer,
} from './personas';

type OfferState =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | { status: 'known'; offer?: PersonaOffer };

const askAgainMs = 1_500;

let settled: PersonaOffer | 'none' | undefined;

/** Forgets the answer, as loading the page anew does. */
export function resetPersonaOffer(): void {
  settled = undefined;
}

/**
 * What the backend offers. It is asked until the person one would be is known
 * to the catalog, then no more for the life of the page.
 */
export function usePersonaOffer(): OfferState {
  const discovery = useApi(discoveryApiRef);
  const [state, setState] = useState<OfferState>(
    settled
      ? { status: 'known', offer: settled === 'none' ? undefined : settled }
      : { status: 'loading' },
  );
  useEffect(() => {
    if (settled) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let active = true;
    const ask = async () => {
      try {
        const url = await discovery.getBaseUrl('auth');
        const offer = await fetchPersonaOffer(url);
        const isReady = !offer || currentPersona(offer).ready;
        if (isReady) {
          settled = offer ?? 'none';
        }
        if (active) {
          setState({ status: 'known', offer });
          timer = isReady ? undefined : setTimeout(ask, askAgainMs);
        }
      } catch (error) {
        if (active) {
          setState({ status: 'failed', error: error as Error });
        }
      }
    };
    ask();
    return () => {
      active = false;
      clearTimeout(timer);
    };
  }, [discovery]);
  return state;
}
