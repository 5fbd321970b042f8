import {
  SourceError,
  type SourceRateLimit,
} from '@causeway/backstage-plugin-causeway-node';
import type { IncomingHttpHeaders } from 'node:http';
import { integer, record, text } from '../read';

/** What GitHub counts apart. */
export type GithubResource = 'graphql' | 'core';

/** Requests are held back when fewer than this share of a limit is left for others. */
const reserve = 0.05;

/** The last limits that GitHub told, each of its resources by itself. */
export class GithubRateLimits {
  readonly #source: string;

  readonly #now: () => number;

  readonly #limits = new Map<GithubResource, SourceRateLimit>();

  /** Until when GitHub wants to be left alone, whatever is asked. */
  #silentUntil = 0;

  constructor(options: { source: string; now: () => number }) {
    this.#source = options.source;
    this.#now = options.now;
  }

  /** The scarcest of the limits that are running. */
  get scarcest(): SourceRateLimit | undefined {
    const limits = [...this.#limits.values()];
    const running = limits.filter(({ resetAt }) => resetAt > this.#now());
    return (running.length ? running : limits).sort(
      (a, b) => a.remaining / a.limit - b.remaining / b.limit,
    )[0];
  }

  /** The last word on one resource. */
  of(resource: GithubResource): SourceRateLimit | undefined {
    return this.#limits.get(resource);
  }

  /** Throws rather than using up what others need, or asking while GitHub wants to be left alone. */
  heed(resource: GithubResource): void {
    const now = this.#now();
    const limit = this.#limits.get(resource);
    if (
      limit &&
      limit.remaining < Math.max(1, limit.limit * reserve) &&
      limit.resetAt > now
    ) {
      throw new SourceError({
        reason: 'rate-limited',
        message: `Source ${this.#source} has used ${limit.limit - limit.remaining} of ${limit.limit} points of GitHub's rate limit and waits for its reset`,
        retryAfter: limit.resetAt - now,
      });
    }
    if (this.#silentUntil > now) {
      throw new SourceError({
        reason: 'rate-limited',
        message: `GitHub asked source ${this.#source} to slow down; it is left alone for ${Math.ceil((this.#silentUntil - now) / 1000)} s`,
        retryAfter: this.#silentUntil - now,
      });
    }
  }

  /** Notes what a failure asks for: a secondary limit holds for every kind of request. */
  noteFailure(failure: SourceError): void {
    if (failure.reason === 'rate-limited' && failure.retryAfter) {
      this.#silentUntil = Math.max(
        this.#silentUntil,
        this.#now() + failure.retryAfter,
      );
    }
  }

  noteHeaders(resource: GithubResource, headers: IncomingHttpHeaders): void {
    const read = (name: string) => {
      const value = headers[name];
      return typeof value === 'string' && /^\d{1,15}$/.test(value)
        ? Number(value)
        : undefined;
    };
    const reset = read('x-ratelimit-reset');
    this.#note(
      resource,
      read('x-ratelimit-limit'),
      read('x-ratelimit-remaining'),
      reset && reset * 1000,
    );
  }

  /** `rateLimit` of a GraphQL answer. */
  noteAnswer(value: unknown): void {
    const told = record(value);
    const resetAt = Date.parse(text(told?.resetAt, 40) ?? '');
    this.#note(
      'graphql',
      integer(told?.limit),
      integer(told?.remaining),
      Number.isNaN(resetAt) ? undefined : resetAt,
    );
  }

  #note(
    resource: GithubResource,
    limit: number | undefined,
    remaining: number | undefined,
    resetAt: number | undefined,
  ) {
    if (limit && remaining !== undefined && resetAt !== undefined) {
      this.#limits.set(resource, { limit, remaining, resetAt });
    }
  }
}
