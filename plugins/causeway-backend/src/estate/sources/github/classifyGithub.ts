import { isError } from '@backstage/errors';
import {
  SourceError,
  type SourceRateLimit,
} from '@causeway/backstage-plugin-causeway-node';
import type { IncomingHttpHeaders } from 'node:http';
import {
  type Asked,
  classifyStatus,
  classifyThrown,
  readRetryAfter,
} from '../http/classifyFailure';
import { record, records, text } from '../read';

/** GitHub asks to wait at least so long after a secondary limit without `Retry-After`. */
const secondaryWait = 60_000;

/** GitHub answered that a query costs it too much. */
export class QueryTooExpensiveError extends SourceError {}

/**
 * A failed GraphQL request as a `SourceError`; `undefined` where the answer
 * holds errors about parts and is usable otherwise.
 */
export function classifyGithub(options: {
  asked: Asked;
  error: unknown;
  /** Of the last answer, where there was one. */
  status?: number;
  headers: IncomingHttpHeaders;
  rateLimit?: SourceRateLimit;
  now: number;
}): SourceError | undefined {
  const { asked, error, status, headers, rateLimit, now } = options;
  const retryAfter = readRetryAfter(headers['retry-after'], now);
  const message = isError(error) ? error.message : '';
  if (
    status === 200 &&
    isError(error) &&
    error.name === 'GraphqlResponseError'
  ) {
    const errors = records(error.errors, 100);
    const types = errors.map(one => text(one.type, 64) ?? '');
    if (types.includes('RATE_LIMITED')) {
      return limited(retryAfter ?? untilReset());
    }
    if (
      types.some(type => /RESOURCE_LIMITS?_EXCEEDED|TIMEOUT/.test(type)) ||
      errors.some(one =>
        /something went wrong|timedout|timeout|couldn't respond/i.test(
          text(one.message, 500) ?? '',
        ),
      )
    ) {
      return tooMuch();
    }
    if (types.includes('INSUFFICIENT_SCOPES')) {
      return classifyStatus(asked, 403, headers, now);
    }
    const organization = record(record(error.data)?.organization);
    if (organization) {
      return undefined;
    }
    return types.includes('FORBIDDEN')
      ? classifyStatus(asked, 403, headers, now)
      : new SourceError({
          reason: types.includes('NOT_FOUND') ? 'not-found' : 'server-error',
          message: types.includes('NOT_FOUND')
            ? `${asked.address} does not know the organization of source ${asked.source}: check its name and that the credentials may see it`
            : `${asked.address} answers ${asked.what} of source ${asked.source} with a GraphQL error; it is tried again`,
        });
  }
  if (
    (status === 403 || status === 429) &&
    (retryAfter !== undefined ||
      headers['x-ratelimit-remaining'] === '0' ||
      /rate limit|abuse/i.test(message))
  ) {
    const exhausted = headers['x-ratelimit-remaining'] === '0';
    return limited(retryAfter ?? (exhausted ? untilReset() : secondaryWait));
  }
  if (status === 502 || status === 504) {
    return tooMuch();
  }
  if (status !== undefined && status !== 200) {
    return classifyStatus(asked, status, headers, now);
  }
  return classifyThrown(asked, error);

  function untilReset() {
    return rateLimit ? Math.max(0, rateLimit.resetAt - now) : secondaryWait;
  }

  function limited(wait: number) {
    return new SourceError({
      reason: 'rate-limited',
      message: `${asked.address} asks source ${asked.source} to slow down; it is left alone for ${Math.ceil(wait / 1000)} s`,
      retryAfter: wait,
    });
  }

  /** The form in which GitHub says that a query costs it too much: smaller pages help. */
  function tooMuch() {
    return new QueryTooExpensiveError({
      reason: 'timeout',
      message: `${asked.address} did not finish the query of ${asked.what} of source ${asked.source}; it is tried again with smaller pages`,
    });
  }
}
