import { ServiceUnavailableError } from '@backstage/errors';
import { readBody, reasonOf } from '../snapshot/fetchBounded';

/** The gate that commands speak to, and as whom. */
export interface GateConnection {
  /** Address of the Backstage backend. */
  url: string;
  /** A fresh token each time: a login's is renewed while one waits. */
  token?: () => Promise<string>;
  /** Milliseconds for one answer. */
  timeoutMs: number;
}

/** What the gate refuses, in its own words. */
export class GateRefused extends Error {
  name = 'GateRefused' as const;
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Bytes of one answer. */
const maxBytes = 16 * 1024 * 1024;

const advice: Record<number, string> = {
  401: '. Log in with "backstage-cli auth login" and give --auth, or set CAUSEWAY_TOKEN',
  404: '. Is this the backend, and is there such a request that you may read?',
};

/** What the gate says of a refusal, without what a server's stack may have added. */
function wordsOf(text: string): string | undefined {
  try {
    const message: unknown = JSON.parse(text)?.error?.message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Calls the gate over REST. Redirects are refused: a token goes to the address
 * that was given and nowhere else.
 *
 * @throws GateRefused for what the gate will not do
 * @throws ServiceUnavailableError where it gives no answer
 */
export async function callGate(
  connection: GateConnection,
  path: string,
  options: { body?: object; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { url, token, timeoutMs } = connection;
  const { body, headers } = options;
  const address = `${url.replace(/\/+$/, '')}/api/causeway${path}`;
  const place = new URL(address).origin;
  let response: Response;
  try {
    response = await fetch(address, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${await token()}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new ServiceUnavailableError(
      `The gate at ${place} cannot be reached: ${reasonOf(error, connection)}`,
    );
  }
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new ServiceUnavailableError(
      `${place} answers with a redirect, which is not followed. Give the final address.`,
    );
  }
  if (!response.ok) {
    const said = wordsOf(await readBody(response, maxBytes, place));
    throw new GateRefused(
      response.status,
      said ??
        `${place} answers ${response.status}${advice[response.status] ?? ''}`,
    );
  }
  return response;
}

/** Calls the gate, and reads its answer. */
export async function askGate<T>(
  connection: GateConnection,
  path: string,
  options?: { body?: object; headers?: Record<string, string> },
): Promise<T> {
  const response = await callGate(connection, path, options);
  const place = new URL(connection.url).origin;
  const text = await readBody(response, maxBytes, place);
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceUnavailableError(
      `${place} answers with something else than JSON. Is this the address of the backend?`,
    );
  }
}
