import { useEffect, useState } from 'react';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import { fetchPersonaOffer, type PersonaOffer } from './personas';

type OfferState =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | { status: 'known'; offer?: PersonaOffer };

let known: Promise<PersonaOffer | undefined> | undefined;

/**
 * What the backend offers. Asked once for the life of the page: choosing
 * another persona loads it anew.
 */
export function usePersonaOffer(): OfferState {
  const discovery = useApi(discoveryApiRef);
  const [state, setState] = useState<OfferState>({ status: 'loading' });
  useEffect(() => {
    let active = true;
    known ??= discovery.getBaseUrl('auth').then(url => fetchPersonaOffer(url));
    known.then(
      offer => active && setState({ status: 'known', offer }),
      error => {
        known = undefined;
        if (active) {
          setState({ status: 'failed', error });
        }
      },
    );
    return () => {
      active = false;
    };
  }, [discovery]);
  return state;
}
