/** One of the demo's people, as the backend offers them. */
export interface Persona {
  /** What the backend knows them by. */
  name: string;
  displayName: string;
  /** What they do, e.g. `On-call engineer`. */
  title: string;
  /** Whether the catalog knows them by now, so that one can be them. */
  ready: boolean;
}

/** The people one may be, and who one is when nobody was chosen yet. */
export interface PersonaOffer {
  personas: Persona[];
  defaultName: string;
}

const storageKey = 'causeway.persona';

/** Auth provider id, and the header in which it reads the persona's name. */
export const personaProvider = 'personas';
export const personaHeader = 'x-causeway-persona';

/**
 * Asks the backend whether it offers personas.
 *
 * @returns undefined where it offers none: real portals do not have the route
 */
export async function fetchPersonaOffer(
  authBaseUrl: string,
  fetchFn: typeof fetch = fetch,
): Promise<PersonaOffer | undefined> {
  const response = await fetchFn(`${authBaseUrl}/${personaProvider}/list`);
  if (!response.ok) {
    return undefined;
  }
  return parsePersonaOffer(await response.json());
}

/** Reads the answer of the route; anything unusable counts as no offer. */
export function parsePersonaOffer(body: unknown): PersonaOffer | undefined {
  const { personas, default: defaultName } = (body ?? {}) as {
    personas?: Partial<Persona>[];
    default?: string;
  };
  const usable = (Array.isArray(personas) ? personas : []).flatMap(persona =>
    typeof persona?.name === 'string'
      ? [
          {
            name: persona.name,
            displayName: persona.displayName ?? persona.name,
            title: persona.title ?? '',
            ready: persona.ready ?? true,
          },
        ]
      : [],
  );
  if (!usable.length) {
    return undefined;
  }
  const isOffered = usable.some(persona => persona.name === defaultName);
  return {
    personas: usable,
    defaultName: isOffered ? defaultName! : usable[0].name,
  };
}

/** The persona chosen last, if it is still offered, else the default one. */
export function currentPersona(
  offer: PersonaOffer,
  storage: Pick<Storage, 'getItem'> = window.localStorage,
): Persona {
  const wanted = storage.getItem(storageKey) ?? offer.defaultName;
  return (
    offer.personas.find(persona => persona.name === wanted) ??
    offer.personas.find(persona => persona.name === offer.defaultName)!
  );
}

/** Remembers the choice for the next sign-in. */
export function rememberPersona(
  name: string,
  storage: Pick<Storage, 'setItem'> = window.localStorage,
): void {
  storage.setItem(storageKey, name);
}
