import { ForwardedError } from '@backstage/errors';

/** One of the people whom one may be. */
export interface SimulatedPersona {
  login: string;
  /** For people, e.g. `Ada Okafor`; the login where there is none. */
  name: string;
  title: string;
  description: string;
  default: boolean;
}

/** What the simulated estate says of itself. */
export interface SimulatorAbout {
  company: string;
  origins: string[];
  personas: SimulatedPersona[];
}

const timeoutMilliseconds = 5_000;
const maxBytes = 256 * 1024;

/**
 * Asks the simulated estate who it is.
 *
 * @throws Error when nothing or something else answers there
 */
export async function fetchAbout(simulator: string): Promise<SimulatorAbout> {
  const url = new URL('/simulator/v1/about', simulator);
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const body = await response.text();
    if (!response.ok || body.length > maxBytes) {
      throw new Error(`it answered ${response.status}`);
    }
    return parseAbout(JSON.parse(body));
  } catch (error) {
    throw new ForwardedError(
      `The simulated estate does not answer at ${url}, and personas exist on it only. Start it first, or remove causeway.personas`,
      error,
    );
  }
}

/** Reads the answer; anything that is not the bundled simulator's is refused. */
export function parseAbout(body: unknown): SimulatorAbout {
  const { simulator, company, origins, personas } = (body ?? {}) as Record<
    string,
    unknown
  >;
  if (simulator !== 'causeway-estate-simulator' || !isTexts(origins)) {
    throw new Error('it is not the bundled simulated estate');
  }
  const people = (Array.isArray(personas) ? personas : []).flatMap(
    ({ login, name, title, description, default: isDefault }) =>
      typeof login === 'string' && /^[A-Za-z0-9-]{1,39}$/.test(login)
        ? [
            {
              login,
              name: text(name) ?? login,
              title: text(title) ?? '',
              description: text(description) ?? '',
              default: isDefault === true,
            },
          ]
        : [],
  );
  return { company: text(company) ?? '', origins, personas: people };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
