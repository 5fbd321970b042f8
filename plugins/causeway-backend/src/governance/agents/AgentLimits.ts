/** How much whoever asks may ask for; from the policy. */
export interface AgentLimits {
  requestsPerMinute: number;
  assessmentsPerMinute: number;
  /** Open requests of one key. */
  openRequests: number;
  /** Open requests about one target, of all keys together. */
  openPerTarget: number;
  /** So many calls of the same content within the time trip the breaker. */
  repetition: { count: number; withinMs: number };
  /** How long a denial keeps the same operation and target closed. */
  coolDownMs: number;
  /** Distinct targets that one requester may change without people within a time. */
  spread: { targets: number; withinMs: number };
}
