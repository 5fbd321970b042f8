/** How long sources are waited for, in milliseconds. */
export interface HttpLimits {
  /** For one answer that is read whole, from first to last byte. */
  request: number;
  /** Silence after which an open watch counts as dead. */
  silence: number;
}

/** Kubernetes sends a bookmark about every minute: three missed ones are a dead connection. */
export const defaultHttpLimits: HttpLimits = {
  request: 60_000,
  silence: 200_000,
};
