import { isError } from '@backstage/errors';
import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import type { IncomingHttpHeaders } from 'node:http';

/** What was asked for, for messages. */
export interface Asked {
  /** Id of the source. */
  source: string;
  /** What it was to tell: `deployments.apps`, `applications`. */
  what: string;
  /** Address without credentials, path or query. */
  address: string;
  /** What to do about 401 and 403. */
  advice: { unauthorized: string; forbidden: string };
}

/** A failed answer as a reason and a message that says what to do. */
export function classifyStatus(
  asked: Asked,
  status: number,
  headers: IncomingHttpHeaders,
  now: number,
): SourceError {
  const { source, what, address, advice } = asked;
  const retryAfter = readRetryAfter(headers['retry-after'], now);
  if (status === 401) {
    return new SourceError({
      reason: 'unauthorized',
      message: `${address} does not accept the credentials of source ${source} (401): ${advice.unauthorized}`,
    });
  }
  if (status === 403) {
    return new SourceError({
      reason: 'forbidden',
      message: `Source ${source} may not read ${what} (403): ${advice.forbidden}`,
    });
  }
  if (status === 404) {
    return new SourceError({
      reason: 'not-found',
      message: `${address} has no ${what} for source ${source} (404): check the address; nothing is deleted`,
    });
  }
  if (status === 410) {
    return new SourceError({
      reason: 'continue-expired',
      message: `${address} forgot the state that the list of ${what} was reading (410); it is listed again`,
      expired: true,
    });
  }
  if (status === 429) {
    return new SourceError({
      reason: 'rate-limited',
      message: `${address} asks source ${source} to slow down (429)${describeWait(retryAfter)}`,
      retryAfter,
    });
  }
  if (status >= 300 && status < 400) {
    return new SourceError({
      reason: 'misconfigured',
      message: `${address} answers ${what} of source ${source} with a redirect (${status}): redirects are not followed, configure the final address`,
    });
  }
  return new SourceError({
    reason: status >= 500 ? 'server-error' : 'malformed',
    message: `${address} answers ${what} of source ${source} with status ${status}; it is tried again${describeWait(retryAfter)}${status >= 500 ? `. If it lasts, look at the log and load of ${address}` : ''}`,
    retryAfter,
  });
}

/** What a request threw, as a reason and a message that says what to do. */
export function classifyThrown(asked: Asked, error: unknown): SourceError {
  if (error instanceof SourceError) {
    return error;
  }
  const { source, what, address } = asked;
  const name = isError(error) ? error.name : '';
  const code =
    isError(error) && typeof error.code === 'string' ? error.code : '';
  if (name === 'BodyTooLargeError') {
    return new SourceError({
      reason: 'too-large',
      message: `${address} answers ${what} of source ${source} with more than is taken in one answer; nothing of it is used`,
      cause: error,
    });
  }
  if (code === 'ETIMEDOUT' || name === 'TimeoutError') {
    return new SourceError({
      reason: 'timeout',
      message: `${address} did not answer ${what} of source ${source} in time; it is tried again. If it lasts, look at its load and the network to it`,
      cause: error,
    });
  }
  if (name === 'SyntaxError') {
    return new SourceError({
      reason: 'truncated',
      message: `${address} answered ${what} of source ${source} with broken or cut JSON; it is tried again`,
    });
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new SourceError({
      reason: 'connection',
      message: `The connection to ${address} was cut while reading ${what} of source ${source}; it is tried again. If it lasts, look for a proxy or an idle timeout in between`,
      cause: error,
    });
  }
  if (code) {
    const certificate = /CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(code);
    return new SourceError({
      reason: 'connection',
      message: certificate
        ? `The certificate of ${address} is not trusted by source ${source} (${code}): configure its certificate authority`
        : `${address} cannot be reached for source ${source} (${code}): check address and network; it is tried again`,
      cause: error,
    });
  }
  return new SourceError({
    reason: 'internal',
    message: `Reading ${what} of source ${source} failed on an unexpected ${name || typeof error}; the backend's log has the details`,
    cause: error,
  });
}

/** Milliseconds of a `Retry-After` header, in seconds or as a date. */
export function readRetryAfter(
  value: string | undefined,
  now: number,
): number | undefined {
  if (!value) {
    return undefined;
  }
  if (/^\d{1,9}$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function describeWait(retryAfter: number | undefined) {
  return retryAfter === undefined
    ? ''
    : `; it is left alone for ${Math.ceil(retryAfter / 1000)} s`;
}
