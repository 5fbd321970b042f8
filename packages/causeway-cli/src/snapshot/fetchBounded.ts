import { setTimeout } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';

/** Bounds of one request. */
export interface RequestLimits {
  timeoutMs: number;
  maxBytes: number;
}

/**
 * Reads one URL within bounds of time and size. Redirects are refused: a token
 * goes to the configured address and nowhere else.
 */
export async function fetchBounded(
  url: string,
  options: {
    headers?: Record<string, string>;
    limits: RequestLimits;
    signal?: AbortSignal;
    /** What to say of a status besides its number. */
    advice?: (status: number) => string;
  },
): Promise<string> {
  const { limits } = options;
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = options.signal
    ? AbortSignal.any([timeout, options.signal])
    : timeout;
  const shown = new URL(url);
  const place = `${shown.origin}${shown.pathname}`;
  let response: Response;
  try {
    response = await fetchPatiently(url, {
      headers: options.headers,
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    throw new ServiceUnavailableError(
      `${place} cannot be reached: ${reasonOf(error, limits)}`,
    );
  }
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new ServiceUnavailableError(
      `${place} answers with a redirect, which is not followed. Give the final address.`,
    );
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new ServiceUnavailableError(
      `${place} answers ${response.status}${options.advice?.(response.status) ?? ''}`,
    );
  }
  try {
    return await readBody(response, limits.maxBytes, place);
  } catch (error) {
    if (error instanceof ServiceUnavailableError) {
      throw error;
    }
    throw new ServiceUnavailableError(
      `${place} broke off: ${reasonOf(error, limits)}`,
    );
  }
}

/** Statuses of a server that is busy for a moment. */
const passing = new Set([429, 502, 503, 504]);

/** Pauses before further attempts, in milliseconds, where the server names none. */
const pauses = [500, 2000];

/** Longest pause that a server may ask for, in seconds. */
const longestPause = 20;

/** Asks again, twice at the most and within the time of one request, where the server is busy. */
async function fetchPatiently(
  url: string,
  init: RequestInit & { signal: AbortSignal },
): Promise<Response> {
  for (const pause of pauses) {
    const response = await fetch(url, init);
    if (!passing.has(response.status)) {
      return response;
    }
    const asked = Number(response.headers.get('retry-after') ?? NaN);
    if (asked > longestPause) {
      return response;
    }
    await response.body?.cancel();
    await setTimeout(asked >= 0 ? asked * 1000 : pause, undefined, {
      signal: init.signal,
    });
  }
  return fetch(url, init);
}

/** Reads an answer within a bound. */
export async function readBody(
  response: Response,
  maxBytes: number,
  place: string,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Counted after decompression, so that a small answer cannot become a large one.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new ServiceUnavailableError(
        `${place} answers with more than ${maxBytes} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Why no answer came, in a few words. */
export function reasonOf(
  error: unknown,
  { timeoutMs }: Pick<RequestLimits, 'timeoutMs'>,
): string {
  const name = (error as Error).name;
  if (name === 'TimeoutError' || name === 'AbortError') {
    return `no answer within ${timeoutMs / 1000} s`;
  }
  const cause = (error as { cause?: { code?: string; message?: string } })
    .cause;
  return cause?.code ?? cause?.message ?? (error as Error).message;
}
