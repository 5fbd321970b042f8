/** What GitHub counts apart. */
export type RateLimitResource = 'core' | 'graphql' | 'search';

/** How much of a limit is used. */
export interface RateLimitState {
  resource: RateLimitResource;
  limit: number;
  used: number;
  remaining: number;
  /** When the limit starts afresh, in seconds since 1970. */
  reset: number;
}

const limits: Record<RateLimitResource, number> = {
  core: 5_000,
  graphql: 5_000,
  search: 30,
};

const HOUR_SECONDS = 3_600;

/** GitHub's hourly limits of every token, and its secondary one on demand. */
export class RateLimits {
  readonly #now: () => Date;
  readonly #states = new Map<string, { used: number; reset: number }>();
  #secondary: { retryAfterSeconds: number; times: number } | undefined;

  constructor(options: { now: () => Date }) {
    this.#now = options.now;
  }

  /** The state of a token's limit, after taking some of it. */
  take(
    token: string,
    resource: RateLimitResource,
    points: number,
  ): RateLimitState {
    const key = `${resource} ${token}`;
    const now = Math.floor(this.#now().getTime() / 1000);
    let state = this.#states.get(key);
    if (!state || state.reset <= now) {
      state = { used: 0, reset: now + HOUR_SECONDS };
      this.#states.set(key, state);
    }
    state.used = Math.min(limits[resource], state.used + points);
    const limit = limits[resource];
    return {
      resource,
      limit,
      used: state.used,
      remaining: limit - state.used,
      reset: state.reset,
    };
  }

  /** Uses up a token's limit, as a busy hour does. */
  exhaust(token: string, resource: RateLimitResource): void {
    this.take(token, resource, limits[resource]);
  }

  /** Gives all tokens their whole limits back. */
  restore(): void {
    this.#states.clear();
    this.#secondary = undefined;
  }

  /** Lets the next requests meet the secondary limit. */
  startSecondary(options: { retryAfterSeconds: number; times: number }): void {
    this.#secondary = { ...options };
  }

  /** The secondary limit that this request meets; seconds to wait. */
  takeSecondary(): number | undefined {
    if (!this.#secondary || this.#secondary.times <= 0) {
      return undefined;
    }
    this.#secondary.times--;
    return this.#secondary.retryAfterSeconds;
  }
}

/** The headers in which GitHub tells a limit. */
export function rateLimitHeaders(state: RateLimitState) {
  return {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-used': String(state.used),
    'x-ratelimit-reset': String(state.reset),
    'x-ratelimit-resource': state.resource,
  };
}
